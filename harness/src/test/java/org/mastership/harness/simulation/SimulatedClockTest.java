package org.mastership.harness.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A clock whose rate changes goes on from what it shows. */
class SimulatedClockTest {
  private final Schedule schedule = new Schedule();
  private final SimulatedClock clock = new SimulatedClock(schedule, 1, 1_000);

  @Test
  void anotherRateIsThatOfTheTimeFromThenOn() {
    schedule.runUntil(100);
    clock.runAt(1.5);
    schedule.runUntil(300);

    assertThat(clock.now()).isEqualTo(1_000 + 100 + 300);

    clock.runAsUsual();
    schedule.runUntil(400);

    assertThat(clock.now()).isEqualTo(1_000 + 100 + 300 + 100);
  }

  @Test
  void theMomentOfATimeIsTheFirstAtWhichItIsShown() {
    clock.runAt(0.95);
    for (long shown = 1_001; shown < 1_200; shown++) {
      schedule.runUntil(clock.moment(shown) - 1);
      assertThat(clock.now()).isLessThan(shown);
      schedule.runUntil(clock.moment(shown));
      assertThat(clock.now()).isGreaterThanOrEqualTo(shown);
    }
  }
}
