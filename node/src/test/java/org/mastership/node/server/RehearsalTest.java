package org.mastership.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mastership.core.DelayFormula;
import org.mastership.core.DelayTable;
import org.mastership.core.ElectionDelay;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.Timing;

class RehearsalTest {
  private static final long MILLI = 1_000_000;

  @ParameterizedTest
  @CsvSource({"QUORUM,2", "QUORUM,3", "QUORUM,5", "TIMED,2", "TIMED,5"})
  void everyMasterThatItElectsAnswersARequest(Guarantee guarantee, int servers) {
    ElectionDelay delay =
        new ElectionDelay(
            DelayFormula.TIGHT, 10 * MILLI, 35 * MILLI, DelayTable.uniform(servers, 10 * MILLI));
    GroupConfiguration group =
        new GroupConfiguration(
            guarantee,
            List.of(1, 2, 3, 4, 5).subList(0, servers),
            new Timing(25 * MILLI, 90 * MILLI, 105 * MILLI, 500),
            delay,
            new GroupConfiguration.Limits(64, 256));

    assertThat(Rehearsal.run(group)).isEqualTo(40);
  }
}
