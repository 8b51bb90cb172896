package org.mastership.harness.checker;

import java.time.Duration;

/**
 * How long a check may take.
 *
 * @param time in all
 * @param configurations the most states of one key that are kept at a time; about 200 bytes each,
 *     and what the model's states need
 */
public record Bounds(Duration time, int configurations) {
  /** A minute, and a million configurations. */
  public static final Bounds DEFAULT = new Bounds(Duration.ofMinutes(1), 1_000_000);
}
