package org.mastership.harness.simulation;

import java.util.List;
import java.util.Optional;
import org.mastership.core.DelayFormula;
import org.mastership.core.DelayTable;
import org.mastership.core.ElectionDelay;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.Measuring;
import org.mastership.core.Timing;

/**
 * Servers in regions of the world, with round trips of 20 to 300 ms between them, that measure
 * their delays (R11). What is configured is the longest delay that there is between any two.
 */
final class WideArea {
  /** All that is slow in a wide area is so many times slower than on one network. */
  static final int SLOWER = 10;

  /** Faults are so many times rarer, so that there is time to measure between two of them. */
  static final int RARER = 40;

  private static final long MILLI = Settings.MILLI;
  private static final long LEAST_NANOS = 10 * MILLI;
  private static final long MOST_NANOS = 150 * MILLI;

  /** A message may be late by one in so many parts of its delay. */
  private static final int LATE_ONE_IN = 10;

  private static final long PERIOD_NANOS = 100 * MILLI;
  private static final long BASE_NANOS = 10 * MILLI;
  private static final long DELAY_NANOS = MOST_NANOS + MOST_NANOS / LATE_ONE_IN;
  private static final long SKEW_NANOS = 2 * PERIOD_NANOS + DELAY_NANOS;

  /** So much is under way that a group far apart keeps up with its clients. */
  private static final GroupConfiguration.Limits LIMITS = new GroupConfiguration.Limits(64, 4096);

  private final long[][] nanos;

  private WideArea(int servers, Chance chance) {
    nanos = new long[servers + 1][servers + 1];
    for (int one = 1; one <= servers; one++) {
      for (int other = 1; other < one; other++) {
        nanos[one][other] = chance.between(LEAST_NANOS, MOST_NANOS);
        nanos[other][one] = nanos[one][other];
      }
    }
  }

  static Optional<WideArea> of(Settings settings) {
    return settings.wideArea()
        ? Optional.of(new WideArea(settings.servers(), settings.regions()))
        : Optional.empty();
  }

  /** How long a message takes. */
  long nanos(int from, int to, Chance chance) {
    return chance.between(nanos[from][to], longest(from, to));
  }

  /** How long a message takes at most. */
  long longest(int from, int to) {
    return nanos[from][to] + nanos[from][to] / LATE_ONE_IN;
  }

  static GroupConfiguration group(Guarantee guarantee, List<Integer> indexes, int driftPpm) {
    long timeout = 2 * DELAY_NANOS + 70 * MILLI;
    long lease = 3 * PERIOD_NANOS + 3 * DELAY_NANOS;
    return new GroupConfiguration(
        guarantee,
        indexes,
        new Timing(PERIOD_NANOS, timeout, Math.max(timeout + BASE_NANOS, lease), driftPpm),
        new ElectionDelay(
            DelayFormula.TIGHT,
            BASE_NANOS,
            SKEW_NANOS,
            DelayTable.uniform(indexes.size(), DELAY_NANOS),
            new Measuring(PERIOD_NANOS, MILLI)),
        LIMITS);
  }

  /** The skew that is left when what it owes to the longest delay is what the delays are. */
  static long skewNanos(long longestReply) {
    return SKEW_NANOS - DELAY_NANOS + longestReply;
  }
}
