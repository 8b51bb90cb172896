package org.mastership.harness.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mastership.core.Effect;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.Mastership;
import org.mastership.core.Ranking;

/**
 * Under TIMED the smaller index is preferred: of two masters that meet it wins, in any run; and in
 * a run that keeps what is assumed the living server with the smallest wins each failover. Who has
 * just started may still be listening, and is not compared.
 */
final class FailoverCheck {
  private final GroupConfiguration group;
  private final boolean timed;
  private final boolean applies;
  private final Map<Integer, Mastership> suspected = new HashMap<>();
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
    if (report.change() == Effect.Change.SUSPECTED) {
      suspected.put(server.number(), report.mastership());
    }
    boolean failover =
        report.change() == Effect.Change.GAINED && report.reason() == Effect.Reason.ELECTED;
    Mastership failed = suspected.get(server.number());
    if (applies && settled && failover && failed != null) {
      compared++;
      all.forEach(other -> requirePreferred(server, other, failed.ranking()));
    }
  }

  /** The ranking of the tenure that has failed decides. */
  private void requirePreferred(SimulatedServer winner, SimulatedServer other, Ranking ranking) {
    int index = group.indexOf(winner.number(), ranking);
    int better = group.indexOf(other.number(), ranking);
    if (other.isUp() && better < index) {
      throw new Broken(
          "server "
              + winner.number()
              + " wins a failover with index "
              + index
              + ", but server "
              + other.number()
              + " lives and has index "
              + better);
    }
  }

  private void requireLostToPreferred(SimulatedServer loser) {
    int master = loser.state().mastership().master();
    Ranking ranking = loser.state().mastership().ranking();
    int index = group.indexOf(loser.number(), ranking);
    if (master != loser.number() && group.indexOf(master, ranking) > index) {
      throw new Broken(
          "server "
              + loser.number()
              + " with index "
              + index
              + " gives way to server "
              + master
              + " with index "
              + group.indexOf(master, ranking));
    }
  }
}
