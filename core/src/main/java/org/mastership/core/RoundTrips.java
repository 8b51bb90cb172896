package org.mastership.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * R11: the round trips that a server has measured, which bound the delays in both directions.
 *
 * @param nextNanos when the next ping is due, {@link Long#MAX_VALUE} where nothing is measured
 * @param pinged the number of the server that was pinged last, 0 for none
 * @param samples the last round trips to each server in the order of their numbers, oldest first
 * @param row the high quantile of each server's round trips, 0 where there are too few
 */
public record RoundTrips(long nextNanos, int pinged, List<List<Long>> samples, List<Long> row) {
  /** The window: so many round trips to each server are kept. */
  static final int WINDOW = 32;

  /** With fewer the configured maximum counts. */
  static final int LEAST_SAMPLES = 8;

  /** One in so many round trips may be longer than the quantile. */
  private static final int LONGER_ONE_IN = 16;

  static RoundTrips begin(GroupConfiguration group, long now) {
    Measuring measuring = group.electionDelay().measuring();
    return measuring.active()
        ? new RoundTrips(
            now + measuring.periodNanos(),
            0,
            Collections.nCopies(group.size(), List.of()),
            Collections.nCopies(group.size(), 0L))
        : new RoundTrips(Long.MAX_VALUE, 0, List.of(), List.of());
  }

  RoundTrips pinged(int number, long next) {
    return new RoundTrips(next, number, samples, row);
  }

  RoundTrips measured(int number, long nanos) {
    List<Long> window = new ArrayList<>(samples.get(number - 1));
    window.add(nanos);
    if (window.size() > WINDOW) {
      window.remove(0);
    }
    return new RoundTrips(
        nextNanos,
        pinged,
        replaced(samples, number, List.copyOf(window)),
        replaced(row, number, quantile(window)));
  }

  private static long quantile(List<Long> window) {
    if (window.size() < LEAST_SAMPLES) {
      return 0;
    }
    List<Long> sorted = new ArrayList<>(window);
    Collections.sort(sorted);
    return sorted.get(sorted.size() - 1 - (sorted.size() - 1) / LONGER_ONE_IN);
  }

  private static <T> List<T> replaced(List<T> list, int number, T value) {
    List<T> copy = new ArrayList<>(list);
    copy.set(number - 1, value);
    return List.copyOf(copy);
  }
}
