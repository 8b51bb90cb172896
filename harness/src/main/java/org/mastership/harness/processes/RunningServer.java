package org.mastership.harness.processes;

import java.io.IOException;
import java.util.List;
import org.mastership.harness.checker.Observation;
import org.mastership.node.config.ServerConfiguration.Address;

/**
 * One real server of a group, through all its starts. Safe for use by any thread.
 *
 * <p>What can not be done to it is an {@link IOException} that says why.
 */
public interface RunningServer {
  /** Its name in the group, which is also that of its files. */
  String name();

  /** Its number, and its index: 1 is the preferred master. */
  int number();

  /** Where clients of this machine reach it. */
  Address address();

  /** Whether it runs; also so while it is paused. */
  boolean isRunning();

  /** Starts it, when it does not run. It is not ready yet when this returns. */
  void start() throws IOException;

  /** SIGKILL. It is gone when this returns. */
  void kill() throws IOException, InterruptedException;

  /** SIGTERM: it leaves in order. It is gone when this returns. */
  void stop() throws IOException, InterruptedException;

  /** It does nothing more, and the others do not know. */
  void pause() throws IOException, InterruptedException;

  /** It goes on where it was paused. */
  void resume() throws IOException, InterruptedException;

  /**
   * Fills its disk to the last byte.
   *
   * @throws UnsupportedOperationException if its disk is this machine's
   */
  default void fillDisk() throws IOException, InterruptedException {
    throw new UnsupportedOperationException("the disk of " + name() + " is this machine's");
  }

  /** Frees its disk again. */
  default void freeDisk() throws IOException, InterruptedException {}

  /**
   * Makes its clock and its disk worse, or as they were.
   *
   * @param clockPpm how many parts in a million the clock is off, 0 for not
   * @param diskMillis how much longer the disk takes to force something, 0 for not
   * @throws UnsupportedOperationException where they are this machine's
   */
  default void hardware(int clockPpm, long diskMillis) throws IOException, InterruptedException {
    throw new UnsupportedOperationException("clock and disk of " + name() + " are this machine's");
  }

  /** What it logged last, to say why it has ended; nothing where it has no log of its own. */
  default List<String> lastLines() throws IOException, InterruptedException {
    return List.of();
  }

  /** What it said of its mastership, in all its starts, if it is observed. */
  List<Observation> masterships() throws IOException;
}
