package org.mastership.core;

/**
 * R11: how servers measure the delays between them. Each sends one ping a period, to one server
 * after the other, so that a group of N sends O(N) messages in it.
 *
 * @param periodNanos how often a server pings another, in nanoseconds
 * @param leastNanos what a measured delay is at least; at most it is the configured maximum
 */
public record Measuring(long periodNanos, long leastNanos) {
  /** Nothing is measured: the configured maxima are the delays. */
  public static final Measuring NONE = new Measuring(0, 0);

  /** Whether anything is measured. */
  public boolean active() {
    return periodNanos > 0;
  }
}
