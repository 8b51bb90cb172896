package org.mastership.node.rating;

/**
 * Measured values in coarse steps, so that a measurement that is a little off does not rank servers
 * anew. Each step is half as much again as the one before.
 */
final class Steps {
  private static final double RATIO = 1.5;

  private Steps() {}

  /** The step that a measured value is nearest to; 1 at least. */
  static long of(double value) {
    double step = Math.rint(Math.log(Math.max(1, value)) / Math.log(RATIO));
    return Math.round(Math.pow(RATIO, step));
  }

  /** The same, but what was said before stays unless the value is a whole step away from it. */
  static long of(double value, long before) {
    boolean near = before > 0 && value < before * RATIO && value > before / RATIO;
    return near ? before : of(value);
  }
}
