package org.mastership.harness.simulation;

import java.util.List;
import org.mastership.core.Effect;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;

/**
 * Under TIMED the smaller index is preferred: of two masters that meet it wins, in any run; and in
 * a run that keeps what is assumed the living server with the smallest wins each failover. Who has
 * just started may still be listening, and is not compared.
 */
final class FailoverCheck {
  private final GroupConfiguration group;
  private final boolean timed;
  private final boolean applies;
  private long compared;

  FailoverCheck(Settings settings) {
    this.group = settings.group();
    this.timed = settings.guarantee() == Guarantee.TIMED;
    this.applies = timed && settings.keepsTimingAssumptions();
  }

  /** How many failovers were compared. */
  long compared() {
    return compared;
  }

  void reported(
      SimulatedServer server, Effect.Report report, List<SimulatedServer> all, boolean settled) {
    if (timed && report.change() == Effect.Change.LOST) {
      requireLostToPreferred(server);
    }
    boolean failover =
        report.change() == Effect.Change.GAINED && report.reason() == Effect.Reason.ELECTED;
    if (!applies || !settled || !failover) {
      return;
    }
    compared++;
    for (SimulatedServer other : all) {
      if (other.isUp() && group.indexOf(other.number()) < group.indexOf(server.number())) {
        throw new Broken(
            "server "
                + server.number()
                + " wins a failover with index "
                + group.indexOf(server.number())
                + ", but server "
                + other.number()
                + " lives and has index "
                + group.indexOf(other.number()));
      }
    }
  }

  private void requireLostToPreferred(SimulatedServer loser) {
    int master = loser.state().mastership().master();
    if (master != loser.number() && group.indexOf(master) > group.indexOf(loser.number())) {
      throw new Broken(
          "server "
              + loser.number()
              + " with index "
              + group.indexOf(loser.number())
              + " gives way to server "
              + master
              + " with index "
              + group.indexOf(master));
    }
  }
}
