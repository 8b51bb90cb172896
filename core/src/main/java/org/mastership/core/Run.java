package org.mastership.core;

/**
 * Consecutive log entries of one epoch.
 *
 * @param epoch the tenure that made them
 * @param first the sequence of the first entry, 1 or more
 * @param last the sequence of the last entry, {@code first} or more
 */
public record Run(Epoch epoch, long first, long last) {
  public Run {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("no such run: " + first + ".." + last);
    }
  }

  /** How many entries. */
  public long length() {
    return last - first + 1;
  }

  /** The position of the last entry. */
  public Position end() {
    return new Position(epoch, last);
  }

  @Override
  public String toString() {
    return epoch + ":" + first + ".." + last;
  }
}
