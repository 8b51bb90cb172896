package org.mastership.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What a back-up keeps about the master that it inquires of, or that it suspects (R1).
 *
 * @param nextInquiryNanos when to inquire next
 * @param unanswered when the inquiries that have had no good reply were sent, oldest first
 * @param echo the master's clock as last heard in this tenure
 * @param heardNanos when the master was last heard to be one, {@link Peer#NEVER} if it was not
 * @param accepted up to which sequence the log is known to be the master's
 * @param roundTripNanos how long the last answered inquiry took, 0 before the first
 */
public record Following(
    long nextInquiryNanos,
    List<Long> unanswered,
    Stamp echo,
    long heardNanos,
    long accepted,
    long roundTripNanos) {

  /** Of a master of which only hearsay is known. */
  static Following unheard(long now, long accepted) {
    return new Following(now, List.of(), Stamp.NONE, Peer.NEVER, accepted, 0);
  }

  Following inquired(long now, long next) {
    List<Long> sent = new ArrayList<>(unanswered);
    sent.add(now);
    return new Following(next, List.copyOf(sent), echo, heardNanos, accepted, roundTripNanos);
  }

  /** A reply that counts: what was sent up to its inquiry is answered. */
  Following replied(long sentNanos, long now, long next) {
    List<Long> later = new ArrayList<>();
    for (long sent : unanswered) {
      if (sent > sentNanos) {
        later.add(sent);
      }
    }
    return new Following(next, List.copyOf(later), echo, now, accepted, now - sentNanos);
  }

  Following declared(Stamp stamp, long now) {
    return new Following(nextInquiryNanos, unanswered, stamp, now, accepted, roundTripNanos);
  }

  Following echo(Stamp stamp) {
    return new Following(nextInquiryNanos, unanswered, stamp, heardNanos, accepted, roundTripNanos);
  }

  Following accepted(long sequence) {
    return new Following(nextInquiryNanos, unanswered, echo, heardNanos, sequence, roundTripNanos);
  }

  /** Forgets the inquiries under way. */
  Following suspected() {
    return new Following(nextInquiryNanos, List.of(), echo, Peer.NEVER, accepted, roundTripNanos);
  }

  /** When the oldest unanswered inquiry has waited too long; {@link Long#MAX_VALUE} for none. */
  long timeoutNanos(Timing timing) {
    return unanswered.isEmpty() ? Long.MAX_VALUE : unanswered.get(0) + timing.replyTimeoutNanos();
  }

  /** Whether the master was heard recently enough to stand by it. */
  boolean heardInTime(long now, Timing timing) {
    return heardNanos != Peer.NEVER && now < heardNanos + timing.silenceNanos();
  }
}
