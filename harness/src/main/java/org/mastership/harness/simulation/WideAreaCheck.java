package org.mastership.harness.simulation;

import java.util.List;
import org.mastership.core.Effect;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.MeasuredDelays;
import org.mastership.core.Tenure;

/**
 * R11 where delays are measured, in a run whose only faults are crashes: the election delays that a
 * master has given keep its back-ups apart at every instant, by what messages really take; and a
 * failover from a master that has had its time to measure takes no longer than what is measured
 * says.
 */
final class WideAreaCheck {
  /**
   * So long after its last message a server that has crashed is dialled again and refuses, and the
   * disk holds the new epoch.
   */
  private static final long NOTICED_NANOS = 40 * Settings.MILLI;

  /** By then all back-ups have the delays that are measured. */
  private static final long MEASURED_NANOS = 5_000 * Settings.MILLI;

  /** The slowest clock that is drawn loses one in so many parts. */
  private static final int SLOWEST_CLOCK_ONE_IN = 19;

  private final WideArea area;
  private final GroupConfiguration group;
  private final boolean quorum;
  private final boolean applies;
  private long crashedAt = Long.MAX_VALUE;
  private int crashed;
  private long compared;
  private long apart;

  WideAreaCheck(Settings settings, WideArea area) {
    this.area = area;
    this.group = settings.group();
    this.quorum = settings.guarantee() == Guarantee.QUORUM;
    this.applies = settings.keepsTimingAssumptions();
  }

  /** How many failovers were timed. */
  long compared() {
    return compared;
  }

  /** How many pairs of given delays were compared. */
  long apart() {
    return apart;
  }

  /**
   * A server has started or crashed. What follows is timed where it was a master that had its time,
   * and as long as nothing else happens.
   */
  void changed(SimulatedServer server, boolean settled, long now) {
    Tenure tenure = server.state().tenure();
    boolean timed =
        settled && tenure != null && server.local() > tenure.sinceNanos() + MEASURED_NANOS;
    crashedAt = timed ? now : Long.MAX_VALUE;
    crashed = server.number();
  }

  /** After each step of a server. */
  void stepped(SimulatedServer server, List<SimulatedServer> all) {
    if (!applies || server.state().tenure() == null) {
      return;
    }
    for (SimulatedServer one : all) {
      for (SimulatedServer other : all) {
        if (preferred(one, other) && hasDelayOf(server, one) && hasDelayOf(server, other)) {
          requireApart(server, one, other, all);
        }
      }
    }
  }

  private boolean preferred(SimulatedServer one, SimulatedServer other) {
    return group.indexOf(one.number()) < group.indexOf(other.number());
  }

  private static boolean hasDelayOf(SimulatedServer master, SimulatedServer backup) {
    MeasuredDelays.Assigned assigned = backup.state().delays().assigned();
    return backup.isUp()
        && assigned.tenure().equals(master.state().mastership().epoch())
        && backup.state().mastership().equals(master.state().mastership());
  }

  private void requireApart(
      SimulatedServer master,
      SimulatedServer one,
      SimulatedServer other,
      List<SimulatedServer> all) {
    long longestReply = 0;
    for (SimulatedServer backup : all) {
      longestReply = Math.max(longestReply, area.longest(master.number(), backup.number()));
    }
    long earlier = one.state().delays().assigned().nanos();
    long later = other.state().delays().assigned().nanos();
    long between = area.longest(one.number(), other.number()) + WideArea.skewNanos(longestReply);
    apart++;
    if (later < earlier + between) {
      throw new Broken(
          "server "
              + other.number()
              + " would declare after "
              + later
              + " ns, server "
              + one.number()
              + ", which is preferred, after "
              + earlier
              + " ns: they are less than "
              + between
              + " ns apart");
    }
  }

  /** A failover from a master that had its time is timed. */
  void reported(SimulatedServer winner, Effect.Report report, List<SimulatedServer> all, long now) {
    boolean failover =
        report.change() == Effect.Change.GAINED && report.reason() == Effect.Reason.ELECTED;
    if (!applies || !failover || crashedAt == Long.MAX_VALUE) {
      return;
    }
    long took = now - crashedAt;
    long most = mostNanos(winner, all);
    crashedAt = Long.MAX_VALUE;
    compared++;
    if (took > most) {
      throw new Broken(
          "the failover to server "
              + winner.number()
              + " took "
              + took
              + " ns; what is measured allows "
              + most);
    }
  }

  /** Each preferred back-up that has failed costs the farthest round trip and the skew. */
  private long mostNanos(SimulatedServer winner, List<SimulatedServer> all) {
    long farthest = 0;
    int failed = 0;
    for (SimulatedServer one : all) {
      for (SimulatedServer other : all) {
        farthest = Math.max(farthest, 2 * area.longest(one.number(), other.number()));
      }
      failed += one.number() != crashed && !one.isUp() && preferred(one, winner) ? 1 : 0;
    }
    long delay =
        group.electionDelay().baseNanos() + failed * (farthest + WideArea.skewNanos(farthest));
    long granted = group.timing().leaseNanos() + farthest;
    long noticed = area.longest(crashed, winner.number()) + NOTICED_NANOS;
    long byOwnClock = delay + (quorum ? granted : 0);
    return noticed + byOwnClock + byOwnClock / SLOWEST_CLOCK_ONE_IN;
  }
}
