package org.mastership.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What a group promises by its configuration alone, before anything has run. Times leave out what
 * storage takes and hold while delays stay within the delay table.
 *
 * @param detectionWorstNanos from the failure of the master to its suspicion, when nothing refuses
 *     the connection (R1): P + T, half a period for the phase, and the delay of the last reply
 * @param failovers what a failover takes, for each back-up when the most preferred server was
 *     master and all back-ups of smaller index have failed with it
 * @param messagesPerSecond inquiries and replies of an idle group: 2(N-1) a period
 * @param crashesSurvived how many servers may be down while the group serves
 */
public record Expectations(
    long detectionWorstNanos,
    List<Failover> failovers,
    double messagesPerSecond,
    int crashesSurvived) {

  /**
   * The time from the failure of a master until another has taken over.
   *
   * @param number the server that takes over
   * @param index its index
   * @param bestNanos when the master's host refuses connections and promises are about to end
   * @param worstNanos when the failure shows by silence only, just after an inquiry was answered
   */
  public record Failover(int number, int index, long bestNanos, long worstNanos) {}

  /** Computes them. */
  public static Expectations of(GroupConfiguration group) {
    Timing timing = group.timing();
    long detection = firstUnansweredNanos(group) + timing.replyTimeoutNanos();
    int first = group.backupsOf(0).get(0);
    List<Failover> failovers = new ArrayList<>();
    for (int number : group.backupsOf(first)) {
      failovers.add(failover(group, number, first, detection));
    }
    int size = group.size();
    double periods = 1e9 / timing.detectionPeriodNanos();
    int survived = group.guarantee() == Guarantee.QUORUM ? size - group.grantsNeeded() : size - 1;
    return new Expectations(detection, List.copyOf(failovers), 2 * (size - 1) * periods, survived);
  }

  /** How long after its master's failure a back-up may send the first inquiry that has no reply. */
  private static long firstUnansweredNanos(GroupConfiguration group) {
    long period = group.timing().detectionPeriodNanos();
    return group.electionDelay().delays().longest() + period + period / 2;
  }

  /** When the promise ends that the last inquiry before the time-out made (R7). */
  private static long promisedNanos(GroupConfiguration group) {
    Timing timing = group.timing();
    long period = timing.detectionPeriodNanos();
    long later = (timing.replyTimeoutNanos() - 1) / period * period;
    return firstUnansweredNanos(group) + later + timing.leaseNanos();
  }

  private static Failover failover(
      GroupConfiguration group, int number, int failed, long detectionNanos) {
    Timing timing = group.timing();
    boolean quorum = group.guarantee() == Guarantee.QUORUM;
    long delay = group.electionDelayNanos(number, failed, Ranking.CONFIGURED);
    long roundTrip = group.electionDelay().delays().longestRoundTrip();
    long promised = quorum ? timing.leaseNanos() : 0;
    long inquiredAgo = timing.detectionPeriodNanos() + timing.detectionPeriodNanos() / 2;
    long best = Math.max(delay, promised - inquiredAgo);
    long claimed = quorum ? roundTrip : 0;
    long silent = quorum ? promisedNanos(group) : 0;
    long worst = Math.max(detectionNanos + delay, silent) + claimed + roundTrip;
    return new Failover(number, group.indexOf(number), best, worst);
  }
}
