package org.mastership.core;

import java.util.List;

/**
 * R11 (claims 9 to 13): how long a back-up waits before it declares, so that a preferred one is
 * heard first.
 *
 * @param formula which formula
 * @param baseNanos the delay of the first back-up, in nanoseconds
 * @param skewNanos the bound s on how far apart two back-ups detect one failure; only {@link
 *     DelayFormula#TIGHT} uses it
 * @param delays the maximum communication delays
 * @param measuring how the actual delays are measured; a master then gives its back-ups election
 *     delays that follow from these, and until it does the maxima count
 */
public record ElectionDelay(
    DelayFormula formula, long baseNanos, long skewNanos, DelayTable delays, Measuring measuring) {

  /** With the configured delays for good. */
  public ElectionDelay(DelayFormula formula, long baseNanos, long skewNanos, DelayTable delays) {
    this(formula, baseNanos, skewNanos, delays, Measuring.NONE);
  }

  /** Without what is not used, so that it reads as it did before there was measuring. */
  @Override
  public String toString() {
    return "ElectionDelay[formula="
        + formula
        + ", baseNanos="
        + baseNanos
        + ", skewNanos="
        + skewNanos
        + ", delays="
        + delays
        + (measuring.active() ? ", measuring=" + measuring : "")
        + "]";
  }

  /**
   * D(i) of each back-up, in the order given.
   *
   * @param backups the numbers of the back-ups in the order of their index, the failed master left
   *     out
   * @return the election delays in nanoseconds
   */
  public long[] nanos(List<Integer> backups) {
    long[] result = new long[backups.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = formula == DelayFormula.TIGHT ? tight(backups, result, i) : claimed(backups, i);
    }
    return result;
  }

  private long tight(List<Integer> backups, long[] preferred, int i) {
    long latest = baseNanos;
    for (int j = 0; j < i; j++) {
      long heard = preferred[j] + delays.nanos(backups.get(j), backups.get(i)) + skewNanos;
      latest = Math.max(latest, heard);
    }
    return latest;
  }

  private long claimed(List<Integer> backups, int i) {
    long sum = baseNanos;
    for (int j = 0; j < i; j++) {
      long longest = 0;
      for (int k = i; k < backups.size(); k++) {
        longest = Math.max(longest, delays.nanos(backups.get(j), backups.get(k)));
      }
      sum += longest;
    }
    return sum;
  }
}
