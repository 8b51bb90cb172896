package org.mastership.core;

import java.util.stream.IntStream;

/** Configurations for tests: P 25 ms, T 90 ms, L 100 ms, base 10 ms, every delay 10 ms. */
final class TestGroups {
  static final long MILLI = 1_000_000;

  private TestGroups() {}

  static GroupConfiguration of(int servers, Guarantee guarantee) {
    return of(
        servers,
        guarantee,
        new ElectionDelay(
            DelayFormula.TIGHT, 10 * MILLI, 35 * MILLI, DelayTable.uniform(servers, 10 * MILLI)));
  }

  static GroupConfiguration of(int servers, Guarantee guarantee, ElectionDelay delay) {
    return new GroupConfiguration(
        guarantee,
        IntStream.rangeClosed(1, servers).boxed().toList(),
        new Timing(25 * MILLI, 90 * MILLI, 100 * MILLI, 500),
        delay,
        new GroupConfiguration.Limits(2, 8));
  }
}
