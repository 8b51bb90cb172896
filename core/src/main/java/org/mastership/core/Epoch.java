package org.mastership.core;

/**
 * The name of one tenure: a round and the number of the server whose tenure it is. Ordered by
 * round; in one round the smaller number is higher. No two servers share an epoch.
 *
 * @param round 1 or more; 0 in {@link #NONE} only
 * @param number the server's number, 1 to {@value GroupConfiguration#MOST_SERVERS}; 0 in {@link
 *     #NONE} only
 */
public record Epoch(long round, int number) implements Comparable<Epoch> {
  /** Before the first tenure; lower than every epoch of a server. */
  public static final Epoch NONE = new Epoch(0, 0);

  private static final int NUMBER_BITS = 8;
  private static final int NUMBER_MASK = (1 << NUMBER_BITS) - 1;
  private static final long HIGHEST_ROUND = Long.MAX_VALUE >>> NUMBER_BITS;

  public Epoch {
    boolean none = round == 0 && number == 0;
    boolean server =
        round > 0
            && round <= HIGHEST_ROUND
            && number > 0
            && number <= GroupConfiguration.MOST_SERVERS;
    if (!none && !server) {
      throw new IllegalArgumentException("no such epoch: round " + round + ", number " + number);
    }
  }

  /**
   * This epoch as one number that grows with the order of epochs: the fencing token to hand to an
   * outside resource.
   */
  public long token() {
    return this.equals(NONE) ? 0 : round << NUMBER_BITS | (NUMBER_MASK - number);
  }

  /** The epoch whose {@link #token()} this is. */
  public static Epoch ofToken(long token) {
    if (token == 0) {
      return NONE;
    }
    return new Epoch(token >>> NUMBER_BITS, NUMBER_MASK - (int) (token & NUMBER_MASK));
  }

  /** The epoch that {@code number} takes above this one: one round on (R3). */
  public Epoch next(int number) {
    return new Epoch(round + 1, number);
  }

  /** Whether this epoch is above {@code other}. */
  public boolean isAbove(Epoch other) {
    return compareTo(other) > 0;
  }

  /** The higher of two epochs. */
  public static Epoch max(Epoch one, Epoch other) {
    return one.isAbove(other) ? one : other;
  }

  @Override
  public int compareTo(Epoch other) {
    int byRound = Long.compare(round, other.round);
    return byRound != 0 ? byRound : Integer.compare(other.number, number);
  }

  @Override
  public String toString() {
    return round + "." + number;
  }
}
