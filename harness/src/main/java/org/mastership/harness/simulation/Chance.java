package org.mastership.harness.simulation;

import java.util.SplittableRandom;

/** The only source of chance of a run. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** Both ends included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /** Both ends included. */
  long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }
}
