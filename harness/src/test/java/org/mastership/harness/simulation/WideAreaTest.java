package org.mastership.harness.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mastership.core.Guarantee;
import org.mastership.core.Rule;
import org.mastership.harness.simulation.Settings.Fault;

/**
 * R11: five servers in regions 20 to 300 ms of round trip apart that measure their delays. Where
 * servers crash, and nothing else goes wrong, the delays that they have keep all back-ups apart at
 * every instant; under TIMED never two declare, and the preferred one that lives wins; and a
 * failover takes no longer than what is measured says.
 */
class WideAreaTest {
  private static final int SEEDS = 25;
  private static final int SERVERS = 5;
  private static final Simulation.Trace NO_TRACE = (at, local, server, before, input, step) -> {};

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void measuredDelaysKeepBackUpsApartAndFailoversShort(Guarantee guarantee) {
    long failovers = 0;
    long timed = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Settings settings =
          Settings.ofSeed(seed, guarantee, SERVERS).withFaults(Set.of(Fault.CRASH)).inWideArea();
      Simulation.Result result = Simulation.run(settings, NO_TRACE);
      assertThat(result.rules()).containsKey(Rule.MEASURE);
      failovers += result.failovers();
      timed += result.timed();
    }
    System.out.printf(
        "wide area %s: %d winners compared, %d failovers timed%n", guarantee, failovers, timed);
    assertThat(timed).isGreaterThan(SEEDS);
  }

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void thePromisesHoldThereUnderAnyFaults(Guarantee guarantee) {
    for (long seed = 1; seed <= SEEDS / 2; seed++) {
      Settings settings = Settings.ofSeed(seed, guarantee, 0).inWideArea();
      assertThat(Simulation.run(settings, NO_TRACE).answers()).as("%s", settings).isPositive();
    }
  }
}
