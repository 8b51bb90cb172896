package org.mastership.core;

/**
 * Who is master, in which tenure, and how the servers are ranked in it. The master's number is part
 * of the epoch.
 *
 * @param epoch the tenure; {@link Epoch#NONE} where no master is known
 * @param ranking the servers' indexes in this tenure, as its master has said; where it was not
 *     heard of by that master or one of its back-ups, the configured ones
 */
public record Mastership(Epoch epoch, Ranking ranking) {
  /** No master is known. */
  public static final Mastership NONE = new Mastership(Epoch.NONE);

  /** A mastership of which nothing else is known. */
  public Mastership(Epoch epoch) {
    this(epoch, Ranking.CONFIGURED);
  }

  /** The same tenure, as somebody else knows it: nothing that is known of it is lost. */
  Mastership learn(Mastership other) {
    return other.epoch.equals(epoch) && other.ranking.isConfigured() ? this : other;
  }

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
