package org.mastership.core;

/**
 * When a server must be given its next {@link Input.Tick}, and what for.
 *
 * @param atNanos by the server's own clock; {@link Long#MAX_VALUE} for never
 * @param reason what is due then
 */
public record Deadline(long atNanos, Reason reason) {

  /** What can be due. */
  public enum Reason {
    /** Nothing. */
    NEVER,
    /** The next inquiry of the master (R1). */
    INQUIRY,
    /** The reply to the oldest unanswered inquiry (R1). */
    REPLY_TIMEOUT,
    /** The end of the election timer (R3), or of the silence after the start (R12). */
    ELECTION,
    /** The end of a claim (R3). */
    CLAIM_TIMEOUT,
    /** The end of a promise that a claim waits for (R4). */
    PROMISE_END,
    /** The end of the lease (R7). */
    LEASE_END,
    /** A declaration to a silent server, or giving it up (R8). */
    ANNOUNCEMENT,
    /** The end of catching up. */
    CATCH_UP_TIMEOUT,
    /** The end of a hand-over that came to nothing (R10). */
    HAND_OVER_TIMEOUT,
    /** The next ping, which measures a delay (R11). */
    PING
  }

  static final Deadline NEVER = new Deadline(Long.MAX_VALUE, Reason.NEVER);

  Deadline earlier(long nanos, Reason other) {
    return nanos < atNanos ? new Deadline(nanos, other) : this;
  }
}
