package org.mastership.node.service;

/**
 * Bounds on what the sessions remember. All servers of a group need the same ones, since what a
 * session forgets is part of the replicated state.
 *
 * @param sessions the most sessions, 1 or more; one more makes the least recently used expire
 * @param resultsOfOne the most results of one session that its client has not confirmed, 1 or more;
 *     further requests are refused as busy
 * @param bytes about how many bytes all remembered results may have together, 1 or more; beyond it
 *     the least recently used sessions expire
 */
public record SessionLimits(int sessions, int resultsOfOne, long bytes) {
  /** 10,000 sessions, 1,024 results of one, 256 MiB in all. */
  public static final SessionLimits DEFAULT = new SessionLimits(10_000, 1024, 256L << 20);

  public SessionLimits {
    if (sessions < 1 || resultsOfOne < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "limits of sessions must be 1 or more: " + sessions + ", " + resultsOfOne + ", " + bytes);
    }
  }
}
