package org.mastership.node.config;

import org.mastership.core.DelayTable;
import org.mastership.core.Guarantee;

/**
 * What holds where a configuration says nothing. The times follow from the delays between servers,
 * so that a group on one network needs none of them set.
 */
final class Defaults {
  private static final long MILLI = 1_000_000;

  /** P. */
  static final long PERIOD = 25 * MILLI;

  /** The longest delay of a message between two servers. */
  static final long DELAY = 10 * MILLI;

  /** What a measured delay is at least. */
  static final long LEAST_DELAY = MILLI;

  /** How often a server measures the bandwidth to another one. */
  static final long RANKING_EVERY = 60_000 * MILLI;

  /** D of the first back-up. */
  static final long BASE = 10 * MILLI;

  static final int DRIFT_PPM = 500;
  static final long REQUEST_BYTES = 64 << 10;
  static final int PENDING = 8192;
  static final long PENDING_BYTES = 1L << 20;
  static final int SESSIONS = 10_000;
  static final long CACHED_BYTES = 64L << 20;
  static final long RECORDED_BYTES = 64L << 20;
  static final long SNAPSHOT_AFTER_BYTES = 64L << 20;

  /** What a pause of a process may take without being held for a failure. */
  private static final long PAUSE = 70 * MILLI;

  /**
   * The same under TIMED, where a living master that is held for failed costs answered requests. A
   * process that was killed is detected by its host's refusal, so this delays no such failover.
   */
  private static final long TIMED_PAUSE = 1_000 * MILLI;

  private Defaults() {}

  /** T: a round trip, and a pause on the way. */
  static long timeout(Guarantee guarantee, DelayTable delays) {
    return delays.longestRoundTrip() + (guarantee == Guarantee.TIMED ? TIMED_PAUSE : PAUSE);
  }

  /**
   * s: a failure can fall between the answers to two inquiries of one phase, so one back-up finds
   * it a period before another.
   */
  static long skew(long period, DelayTable delays) {
    return period + delays.longest();
  }

  /**
   * L: as long as the first back-up takes to claim anyway, so the lease costs a failover nothing;
   * but long enough to outlast two periods, a round trip and half a pause.
   */
  static long lease(long period, long timeout, long base, DelayTable delays) {
    return Math.max(timeout + base, 2 * period + delays.longestRoundTrip() + PAUSE / 2);
  }
}
