package org.mastership.core;

/**
 * A place in the log. An epoch has one master, so a position names one entry only, whatever
 * happens.
 *
 * @param epoch the tenure in which the entry was made
 * @param sequence 1 for the first entry of the log, 0 for the place before it
 */
public record Position(Epoch epoch, long sequence) implements Comparable<Position> {
  /** The place before the first entry; every log contains it. */
  public static final Position ORIGIN = new Position(Epoch.NONE, 0);

  public Position {
    if (sequence < 0) {
      throw new IllegalArgumentException("negative sequence " + sequence);
    }
  }

  @Override
  public int compareTo(Position other) {
    int byEpoch = epoch.compareTo(other.epoch);
    return byEpoch != 0 ? byEpoch : Long.compare(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return epoch + ":" + sequence;
  }
}
