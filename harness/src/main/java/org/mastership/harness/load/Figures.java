package org.mastership.harness.load;

import java.util.Locale;

/**
 * What was measured.
 *
 * @param kind writes or reads
 * @param outstanding how many were under way at all times
 * @param perSecond how many were answered in a second
 * @param medianMillis the time that half of them took at most
 * @param p99Millis the time that 99 of 100 took at most
 * @param failed how many had no result
 */
record Figures(
    String kind,
    int outstanding,
    double perSecond,
    double medianMillis,
    double p99Millis,
    long failed) {
  static final String HEADER = "kind    outstanding   per second   median ms   p99 ms   failed";

  String line() {
    return String.format(
        Locale.ROOT,
        "%-6s  %11d   %,10.0f   %9.3f   %6.2f   %6d",
        kind,
        outstanding,
        perSecond,
        medianMillis,
        p99Millis,
        failed);
  }
}
