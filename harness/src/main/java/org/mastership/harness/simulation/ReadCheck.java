package org.mastership.harness.simulation;

import org.mastership.core.Guarantee;

/**
 * Reads under QUORUM are linearizable: a read sees all that had been answered, and all that an
 * answered read had seen, before it was sent.
 */
final class ReadCheck {
  private final boolean quorum;
  private long reads;
  private long known;

  ReadCheck(Settings settings) {
    this.quorum = settings.guarantee() == Guarantee.QUORUM;
  }

  /** The entry up to which clients know the state: what is sent from now on must see it. */
  long known() {
    return known;
  }

  /** How many reads were answered. */
  long reads() {
    return reads;
  }

  /** The result of an entry was told to a client. */
  void answered(long sequence) {
    known = Math.max(known, sequence);
  }

  /**
   * A read was answered.
   *
   * @param required what was known when it was sent
   * @param seen the entry up to which the state that it saw had executed
   */
  void read(int server, long required, long seen) {
    reads++;
    if (quorum && seen < required) {
      throw new Broken(
          "a read at server "
              + server
              + " saw the state at entry "
              + seen
              + ", but entry "
              + required
              + " was known to clients before it was sent");
    }
    known = Math.max(known, seen);
  }
}
