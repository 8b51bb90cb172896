package org.mastership.core;

/**
 * The times of failure detection and of the lease. All servers of a group use the same.
 *
 * @param detectionPeriodNanos P: a back-up inquires this often (claims 24, 25)
 * @param replyTimeoutNanos T: an inquiry without a reply after this long means not functional
 * @param leaseNanos L: how long a promise holds (R7); used under {@link Guarantee#QUORUM} only
 * @param clockDriftPpm rho: how many parts in a million a server's clock rate may be off
 */
public record Timing(
    long detectionPeriodNanos, long replyTimeoutNanos, long leaseNanos, int clockDriftPpm) {
  private static final long MILLION = 1_000_000;

  /** P + T: a server that was not heard for this long is not functional. */
  public long silenceNanos() {
    return detectionPeriodNanos + replyTimeoutNanos;
  }

  /**
   * How long a master may act after a stamp that was echoed: the lease, shortened so that it ends
   * before the promise does when this clock is as slow and the other as fast as allowed (R7).
   */
  public long heldLeaseNanos() {
    return (long) (leaseNanos * ((MILLION - clockDriftPpm) / (double) (MILLION + clockDriftPpm)));
  }
}
