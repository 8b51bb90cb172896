package org.mastership.node.server;

import java.util.Arrays;

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

  /** Whether another server's digest at a sequence is known to differ from this one's. */
  boolean differ(long sequence, long digest) {
    int slot = slot(sequence);
    return sequence > 0 && sequences[slot] == sequence && digests[slot] != digest;
  }

  /** Forgets all, when the service goes back to its beginning. */
  void clear() {
    Arrays.fill(sequences, 0);
  }

  private static int slot(long sequence) {
    return (int) (sequence & (KEPT - 1));
  }
}
