package org.mastership.core;

import java.util.List;
import java.util.stream.IntStream;

/** Configurations for tests: P 25 ms, T 90 ms, L 100 ms, base 10 ms, every delay 10 ms. */
final class TestGroups {
  static final long MILLI = 1_000_000;
  static final Timing TIMING = new Timing(25 * MILLI, 90 * MILLI, 100 * MILLI, 500);
  static final GroupConfiguration.Limits LIMITS = new GroupConfiguration.Limits(2, 8);

  private TestGroups() {}

  static GroupConfiguration of(int servers, Guarantee guarantee) {
    return of(servers, guarantee, delay(servers));
  }

  static GroupConfiguration of(int servers, Guarantee guarantee, ElectionDelay delay) {
    return of(IntStream.rangeClosed(1, servers).boxed().toList(), guarantee, delay);
  }

  static GroupConfiguration of(List<Integer> indexes, Guarantee guarantee, ElectionDelay delay) {
    return new GroupConfiguration(guarantee, indexes, TIMING, delay, LIMITS);
  }

  /** What is measured is a millisecond at least. */
  static ElectionDelay measured(int servers, long periodNanos) {
    return new ElectionDelay(
        DelayFormula.TIGHT,
        10 * MILLI,
        35 * MILLI,
        DelayTable.uniform(servers, 10 * MILLI),
        new Measuring(periodNanos, MILLI));
  }

  static ElectionDelay delay(int servers) {
    return new ElectionDelay(
        DelayFormula.TIGHT, 10 * MILLI, 35 * MILLI, DelayTable.uniform(servers, 10 * MILLI));
  }
}
