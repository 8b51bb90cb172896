package org.mastership.harness.simulation;

import java.util.ArrayList;
import java.util.List;

/** A pause of a server: what comes meanwhile waits, in the order in which it came. */
final class Nap {
  private final List<Runnable> missed = new ArrayList<>();
  private boolean sleeps;

  boolean lasts() {
    return sleeps;
  }

  void begin() {
    sleeps = true;
  }

  void end() {
    if (sleeps) {
      sleeps = false;
      List<Runnable> all = new ArrayList<>(missed);
      missed.clear();
      all.forEach(Runnable::run);
    }
  }

  /** The server is gone, with what it has missed. */
  void never() {
    sleeps = false;
    missed.clear();
  }

  /** Does something now, or when the pause ends. */
  void afterwards(Runnable action) {
    if (sleeps) {
      missed.add(action);
    } else {
      action.run();
    }
  }
}
