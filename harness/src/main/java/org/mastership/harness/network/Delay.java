package org.mastership.harness.network;

import java.time.Duration;
import java.util.Random;

/**
 * How long what one server sends to another is kept: the least time and up to the jitter more,
 * drawn anew for each piece. Order is kept, as in any stream.
 *
 * @param least 0 to a minute
 * @param jitter 0 to a minute
 */
public record Delay(Duration least, Duration jitter) {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** None. */
  public static final Delay NONE = new Delay(Duration.ZERO, Duration.ZERO);

  public Delay {
    if (isNotAllowed(least) || isNotAllowed(jitter)) {
      throw new IllegalArgumentException(
          "a delay and its jitter must be 0 to a minute, not " + least + " and " + jitter);
    }
  }

  private static boolean isNotAllowed(Duration time) {
    return time.isNegative() || time.compareTo(LONGEST) > 0;
  }

  long drawNanos(Random random) {
    return least.toNanos() + (jitter.isZero() ? 0 : random.nextLong(jitter.toNanos() + 1));
  }
}
