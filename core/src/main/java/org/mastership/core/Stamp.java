package org.mastership.core;

/**
 * A reading of a server's own monotonic clock, sent away and brought back by an echo. It means
 * something only to the incarnation that took it (R7).
 *
 * @param incarnation counts the starts of the server that took the reading; 0 in {@link #NONE} only
 * @param nanos the reading, in nanoseconds
 */
public record Stamp(long incarnation, long nanos) {
  /** No reading. */
  public static final Stamp NONE = new Stamp(0, 0);
}
