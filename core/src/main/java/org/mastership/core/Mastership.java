package org.mastership.core;

/**
 * Who is master and in which tenure. The master's number is part of the epoch.
 *
 * @param epoch the tenure; {@link Epoch#NONE} where no master is known
 */
public record Mastership(Epoch epoch) {
  /** No master is known. */
  public static final Mastership NONE = new Mastership(Epoch.NONE);

  /** The number of the master, 0 where none is known. */
  public int master() {
    return epoch.number();
  }

  /** Whether a master is named. */
  public boolean isKnown() {
    return master() != 0;
  }

  @Override
  public String toString() {
    return isKnown() ? "master " + master() + " in epoch " + epoch : "no master";
  }
}
