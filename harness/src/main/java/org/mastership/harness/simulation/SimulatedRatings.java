package org.mastership.harness.simulation;

import java.util.List;
import org.mastership.core.Input;

/**
 * Servers that are rated otherwise from time to time, and masters that then rank them anew (claims
 * 20, 21). A server that starts is not rated until its turn comes.
 */
final class SimulatedRatings {
  private static final long MILLI = Settings.MILLI;
  private static final long LONGEST_WAIT_NANOS = 800 * MILLI;
  private static final int GREATEST = 4;

  private final Chance chance;
  private final Schedule schedule;
  private final long untilNanos;
  private long changedNanos;

  /**
   * @param untilNanos when the last change is
   */
  SimulatedRatings(Chance chance, Schedule schedule, long untilNanos) {
    this.chance = chance;
    this.schedule = schedule;
    this.untilNanos = untilNanos;
  }

  void start(List<SimulatedServer> servers) {
    servers.forEach(this::wait);
  }

  private void wait(SimulatedServer server) {
    schedule.after(
        chance.between(1, LONGEST_WAIT_NANOS),
        () -> {
          if (schedule.now() < untilNanos) {
            server.whenAwake(() -> change(server));
            wait(server);
          }
        });
  }

  private void change(SimulatedServer server) {
    changedNanos = schedule.now();
    if (chance.oneIn(2)) {
      server.input(new Input.Rated(chance.between(1, GREATEST)));
    } else {
      server.input(new Input.Rerank());
    }
  }

  /** When a rating or a ranking last changed. */
  long changedNanos() {
    return changedNanos;
  }
}
