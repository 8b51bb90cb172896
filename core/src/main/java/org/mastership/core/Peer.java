package org.mastership.core;

/**
 * What a server keeps about another one. All but the connection belongs to a tenure and starts anew
 * with it.
 *
 * @param connected whether what is sent is handed to a connection
 * @param contact what was heard from it
 * @param progress how far it has the master's log
 */
public record Peer(boolean connected, Contact contact, Progress progress) {
  /** Where nothing was echoed yet: before every reading of a clock. */
  static final long NEVER = Long.MIN_VALUE;

  /**
   * What a master has heard from a back-up in its tenure.
   *
   * @param inquired whether it has inquired at all; of a server that has just started: whether it
   *     has answered
   * @param heardNanos when it last inquired, or the tenure began
   * @param echoNanos the latest stamp of this tenure that it echoed (R7)
   * @param last its last position on stable storage, as it said it
   * @param declaredNanos when it was last sent a declaration (R8)
   */
  public record Contact(
      boolean inquired, long heardNanos, long echoNanos, Position last, long declaredNanos) {}

  /**
   * How far a back-up has the master's log.
   *
   * @param accepted up to which sequence it holds the log on stable storage
   * @param next the sequence of the next entry to send
   * @param probing whether it is unknown whether its log matches before {@code next}; then one
   *     message at a time is sent
   * @param awaited whether that message is on its way
   * @param movedNanos when {@code accepted} last grew, or sending began anew
   * @param counted whether commitment waits for it under {@link Guarantee#TIMED}
   */
  public record Progress(
      long accepted,
      long next,
      boolean probing,
      boolean awaited,
      long movedNanos,
      boolean counted) {

    /** A tenure begins: nothing is known of what the back-up has of its log. */
    static Progress from(long sequence, long now, boolean counted) {
      return new Progress(0, sequence, true, false, now, counted);
    }

    /** A tenure begins, and the back-up is known to have the log before {@code sequence}. */
    static Progress matching(long sequence, long now, boolean counted) {
      return new Progress(sequence - 1, sequence, false, false, now, counted);
    }

    /** Sending begins anew at {@code sequence}. */
    Progress probe(long sequence, long now) {
      return new Progress(accepted, sequence, true, false, now, counted);
    }

    Progress probed() {
      return new Progress(accepted, next, true, true, movedNanos, counted);
    }

    Progress sent(long following, long now) {
      long moved = next == accepted + 1 ? now : movedNanos;
      return new Progress(accepted, following, false, false, moved, counted);
    }

    Progress accepted(long sequence, long now) {
      return new Progress(sequence, Math.max(next, sequence + 1), false, false, now, counted);
    }

    Progress counted(boolean waitedFor) {
      return new Progress(accepted, next, probing, awaited, movedNanos, waitedFor);
    }

    /** Whether something was sent that is not accepted yet. */
    boolean outstanding() {
      return probing ? awaited : next > accepted + 1;
    }
  }

  static Peer unknown(boolean connected, long now) {
    return new Peer(
        connected,
        new Contact(false, now, NEVER, Position.ORIGIN, now),
        Progress.from(1, now, false));
  }

  Peer connected(boolean up) {
    return new Peer(up, contact, progress);
  }

  Peer with(Progress further) {
    return new Peer(connected, contact, further);
  }

  Peer inquired(long now, Position last) {
    return new Peer(
        connected,
        new Contact(true, now, contact.echoNanos, last, contact.declaredNanos),
        progress);
  }

  Peer echoed(long stampNanos) {
    long latest = Math.max(contact.echoNanos, stampNanos);
    return new Peer(
        connected,
        new Contact(
            contact.inquired, contact.heardNanos, latest, contact.last, contact.declaredNanos),
        progress);
  }

  Peer declared(long now) {
    return new Peer(
        connected,
        new Contact(contact.inquired, contact.heardNanos, contact.echoNanos, contact.last, now),
        progress);
  }
}
