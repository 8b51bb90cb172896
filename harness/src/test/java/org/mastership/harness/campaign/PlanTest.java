package org.mastership.harness.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mastership.core.Guarantee;
import org.mastership.harness.run.FaultKind;
import org.mastership.harness.run.Ground;
import org.mastership.harness.run.RunSettings;
import org.mastership.harness.workload.Kind;

class PlanTest {
  private static List<PlannedRun> plan(int rounds, int mixtures, long seed, Ground... grounds) {
    Plan.Shape shape =
        new Plan.Shape(
            List.of(grounds), List.of(Guarantee.TIMED, Guarantee.QUORUM), rounds, mixtures, seed);
    return Plan.of(shape, Ground::can, PlanTest::settings);
  }

  private static RunSettings settings(
      Ground ground, Guarantee guarantee, Set<FaultKind> faults, long seed) {
    return new RunSettings(
        ground, 5, guarantee, EnumSet.allOf(Kind.class), faults, Duration.ofSeconds(1), seed, 4);
  }

  @Test
  void eachFaultOfEachGroundIsAloneOnceInARoundUnderEachGuarantee() {
    List<PlannedRun> plan = plan(2, 3, 1, Ground.values());

    for (Ground ground : Ground.values()) {
      for (FaultKind fault : ground.can()) {
        assertThat(plan)
            .filteredOn(run -> run.settings().ground() == ground)
            .filteredOn(run -> run.settings().faults().equals(Set.of(fault)))
            .extracting(PlannedRun::guarantee)
            .containsExactly("timed", "quorum", "timed", "quorum");
      }
    }
    assertThat(plan).extracting(PlannedRun::folder).doesNotHaveDuplicates();
  }

  @Test
  void mixturesHaveFaultsOfTheirGroundAndFollowFromTheSeed() {
    List<PlannedRun> plan = plan(4, 5, 7, Ground.EMBEDDED);

    assertThat(plan)
        .filteredOn(run -> run.faults().equals(PlannedRun.MIXTURE))
        .hasSize(4 * 5 * 2)
        .allSatisfy(
            run -> {
              assertThat(run.settings().faults()).hasSizeGreaterThanOrEqualTo(2);
              assertThat(Ground.EMBEDDED.can()).containsAll(run.settings().faults());
            })
        .extracting(run -> run.settings().faults())
        .satisfies(faults -> assertThat(Set.copyOf(faults)).hasSizeGreaterThan(10));
    assertThat(plan(4, 5, 7, Ground.EMBEDDED)).isEqualTo(plan);
  }
}
