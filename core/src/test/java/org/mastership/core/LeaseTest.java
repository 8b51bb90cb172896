package org.mastership.core;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** R7: the lease that a master holds ends before the promise that it rests on. */
class LeaseTest {

  @Property
  void theHeldLeaseEndsBeforeThePromiseWhateverTheClockRates(
      @ForAll @LongRange(min = 1_000_000, max = 3_600_000_000_000L) long lease,
      @ForAll @IntRange(min = 0, max = 100_000) int driftPpm,
      @ForAll @DoubleRange(min = -1, max = 1) double masterOff,
      @ForAll @DoubleRange(min = -1, max = 1) double backupOff) {
    Timing timing = new Timing(1, 1, lease, driftPpm);
    double masterRate = 1 + masterOff * driftPpm / 1e6;
    double backupRate = 1 + backupOff * driftPpm / 1e6;

    double heldFor = timing.heldLeaseNanos() / masterRate;
    double promisedFor = lease / backupRate;

    assertThat(heldFor).isLessThanOrEqualTo(promisedFor * (1 + 1e-12));
  }

  @Property
  void withTheWorstClocksNothingIsGivenAway(
      @ForAll @LongRange(min = 1_000_000_000L, max = 3_600_000_000_000L) long lease,
      @ForAll @IntRange(min = 1, max = 100_000) int driftPpm) {
    Timing timing = new Timing(1, 1, lease, driftPpm);
    double heldFor = timing.heldLeaseNanos() / (1 - driftPpm / 1e6);
    double promisedFor = lease / (1 + driftPpm / 1e6);

    assertThat(heldFor / promisedFor).isGreaterThan(1 - 1e-6);
  }
}
