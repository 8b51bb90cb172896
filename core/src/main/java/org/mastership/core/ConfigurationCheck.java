package org.mastership.core;

import java.util.ArrayList;
import java.util.List;

/** The bounds that a group's configuration must keep, each with the rule that needs it. */
public final class ConfigurationCheck {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long MOST_NANOS = 3_600_000_000_000L;

  private final GroupConfiguration group;
  private final List<String> problems = new ArrayList<>();

  private ConfigurationCheck(GroupConfiguration group) {
    this.group = group;
  }

  /**
   * What is wrong with a configuration.
   *
   * @return one sentence a problem, with the values and the bound; empty where all is well
   */
  public static List<String> problems(GroupConfiguration group) {
    ConfigurationCheck check = new ConfigurationCheck(group);
    check.checkSize();
    check.checkTimes();
    if (check.problems.isEmpty()) {
      check.checkRoundTrip();
      check.checkElectionDelays();
      check.checkMeasuring();
      if (group.guarantee() == Guarantee.QUORUM) {
        check.checkLease();
      }
    }
    return List.copyOf(check.problems);
  }

  private void checkSize() {
    int size = group.size();
    if (size < 2 || size > GroupConfiguration.MOST_SERVERS) {
      problems.add(
          "a group has 2 to "
              + GroupConfiguration.MOST_SERVERS
              + " servers, a master and at least one back-up (claim 1); this one has "
              + size);
    }
    for (int index = 1; index <= size; index++) {
      if (!group.indexes().contains(index)) {
        problems.add(
            "the indexes must be 1 to "
                + size
                + ", each once; they are "
                + group.indexes()
                + ", so "
                + index
                + " is missing");
      }
    }
    if (group.electionDelay().delays().size() != size) {
      problems.add(
          "the delay table is for "
              + group.electionDelay().delays().size()
              + " servers, the group has "
              + size);
    }
  }

  private void checkTimes() {
    Timing timing = group.timing();
    requirePositive("the detection period P", timing.detectionPeriodNanos());
    requirePositive("the reply time-out T", timing.replyTimeoutNanos());
    requirePositive("the lease L", timing.leaseNanos());
    requirePositive("the base election delay", group.electionDelay().baseNanos());
    requirePositive("the skew s", group.electionDelay().skewNanos());
    if (timing.clockDriftPpm() < 0 || timing.clockDriftPpm() > 100_000) {
      problems.add(
          "the clock drift must be 0 to 100000 parts in a million; it is "
              + timing.clockDriftPpm());
    }
    GroupConfiguration.Limits limits = group.limits();
    boolean fits =
        limits.entriesPerMessage() >= 1 && limits.entriesInFlight() >= limits.entriesPerMessage();
    if (group.replicates() && !fits) {
      problems.add("at least one entry must fit a message, and a message into what is in flight");
    }
    DelayTable delays = group.electionDelay().delays();
    for (int j = 1; j <= delays.size(); j++) {
      for (int k = 1; k <= delays.size(); k++) {
        if (j != k) {
          requirePositive("the delay from server " + j + " to server " + k, delays.nanos(j, k));
        }
      }
    }
  }

  private void requirePositive(String what, long nanos) {
    if (nanos <= 0 || nanos > MOST_NANOS) {
      problems.add(what + " must be above 0 and at most an hour; it is " + millis(nanos));
    }
  }

  /** R1: a reply must be able to come back in time. */
  private void checkRoundTrip() {
    long roundTrip = group.electionDelay().delays().longestRoundTrip();
    if (group.timing().replyTimeoutNanos() <= roundTrip) {
      problems.add(
          "the reply time-out T must be longer than the longest round trip of the delay table (R1): "
              + millis(group.timing().replyTimeoutNanos())
              + " is not above "
              + millis(roundTrip));
    }
  }

  /**
   * R11: whoever is master and fails, each preferred back-up is heard before the next one fires.
   */
  private void checkElectionDelays() {
    for (int failed = 0; failed <= group.size(); failed++) {
      List<Integer> backups = group.backupsOf(failed);
      long[] delays = group.electionDelay().nanos(backups);
      for (int i = 1; i < delays.length; i++) {
        for (int j = 0; j < i; j++) {
          checkPair(failed, backups.get(j), delays[j], backups.get(i), delays[i]);
        }
      }
      if (!problems.isEmpty()) {
        return;
      }
    }
  }

  private void checkPair(int failed, int preferred, long firesAt, int other, long firesLater) {
    ElectionDelay delay = group.electionDelay();
    long heard = firesAt + delay.delays().nanos(preferred, other) + delay.skewNanos();
    if (firesLater < heard) {
      problems.add(
          "the election delays break the bound of R11, D(i) >= D(j) + delay(j, i) + s"
              + (failed == 0 ? "" : ", when server " + failed + " has failed")
              + ": server "
              + other
              + " waits "
              + millis(firesLater)
              + " but hears server "
              + preferred
              + " only after "
              + millis(heard)
              + " ("
              + millis(firesAt)
              + " + "
              + millis(delay.delays().nanos(preferred, other))
              + " + "
              + millis(delay.skewNanos())
              + "); use the tight formula or smaller delays");
    }
  }

  /** R11: only the tight formula keeps changing delays apart, and a maximum is above a minimum. */
  private void checkMeasuring() {
    ElectionDelay delay = group.electionDelay();
    Measuring measuring = delay.measuring();
    if (!measuring.active()) {
      return;
    }
    requirePositive("the period of measuring", measuring.periodNanos());
    requirePositive("the least measured delay", measuring.leastNanos());
    if (delay.formula() != DelayFormula.TIGHT) {
      problems.add(
          "measured delays need the tight formula: the claimed one can give two back-ups the same"
              + " election delay (R11)");
    }
    if (measuring.leastNanos() > delay.delays().shortest()) {
      problems.add(
          "the least measured delay must not be above a maximum of the delay table (R11): "
              + millis(measuring.leastNanos())
              + " is above "
              + millis(delay.delays().shortest()));
    }
  }

  /** R7: echoes are a period old and renew the lease once a period; the phase takes half a one. */
  private void checkLease() {
    Timing timing = group.timing();
    long period = timing.detectionPeriodNanos();
    long needed = 2 * period + period / 2 + group.electionDelay().delays().longestRoundTrip();
    if (timing.heldLeaseNanos() <= needed) {
      problems.add(
          "the lease L must outlast two and a half detection periods and a round trip, or it"
              + " lapses between inquiries (R7): "
              + millis(timing.heldLeaseNanos())
              + " after the allowed clock drift is not above "
              + millis(needed));
    }
  }

  private static String millis(long nanos) {
    return nanos / NANOS_PER_MILLI + " ms";
  }
}
