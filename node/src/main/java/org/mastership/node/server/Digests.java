package org.mastership.node.server;

import java.util.Arrays;
import org.mastership.core.Message;

/**
 * The digests of the newest executed entries, so that a back-up's can be compared at whatever
 * sequence it has reached. For the event loop only.
 */
final class Digests {
  private static final int KEPT = 1 << 16;

  private final long[] sequences = new long[KEPT];
  private final long[] digests = new long[KEPT];

  void add(long sequence, long digest) {
    int slot = slot(sequence);
    sequences[slot] = sequence;
    digests[slot] = digest;
  }

  /**
   * Whether a back-up's digest is known to differ from this master's. A back-up may have executed
   * entries that it is about to discard in favour of this master's (TIMED, after a partition): only
   * what it has accepted from this master is compared.
   */
  boolean differ(Message.Inquiry inquiry) {
    long sequence = inquiry.executed();
    int slot = slot(sequence);
    return sequence > 0
        && sequence <= inquiry.accepted()
        && sequences[slot] == sequence
        && digests[slot] != inquiry.digest();
  }

  /** Forgets all, when the service goes back to its beginning. */
  void clear() {
    Arrays.fill(sequences, 0);
  }

  private static int slot(long sequence) {
    return (int) (sequence & (KEPT - 1));
  }
}
