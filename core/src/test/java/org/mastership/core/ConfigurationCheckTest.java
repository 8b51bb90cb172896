package org.mastership.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each bound of a configuration is named with its values when it is broken. */
class ConfigurationCheckTest {
  private static final long MILLI = TestGroups.MILLI;
  private static final GroupConfiguration SOUND = TestGroups.of(3, Guarantee.QUORUM);

  private static GroupConfiguration with(Timing timing) {
    return new GroupConfiguration(
        SOUND.guarantee(), SOUND.indexes(), timing, SOUND.electionDelay(), SOUND.limits());
  }

  private static GroupConfiguration withIndexes(Integer... indexes) {
    return new GroupConfiguration(
        SOUND.guarantee(), List.of(indexes), SOUND.timing(), SOUND.electionDelay(), SOUND.limits());
  }

  @Test
  void aSoundConfigurationHasNoProblem() {
    assertThat(ConfigurationCheck.problems(SOUND)).isEmpty();
  }

  @Test
  void aGroupOfOneIsNone() {
    assertThat(ConfigurationCheck.problems(withIndexes(1)))
        .anySatisfy(problem -> assertThat(problem).contains("2 to 63 servers").contains("has 1"));
  }

  @Test
  void indexesMustBeEachOnce() {
    assertThat(ConfigurationCheck.problems(withIndexes(1, 2, 2)))
        .singleElement()
        .asString()
        .contains("[1, 2, 2]", "3 is missing");
  }

  @Test
  void aReplyMustBeAbleToComeBackInTime() {
    assertThat(
            ConfigurationCheck.problems(with(new Timing(25 * MILLI, 20 * MILLI, 100 * MILLI, 500))))
        .singleElement()
        .asString()
        .contains("(R1)", "20.0 ms is not above 20.0 ms");
  }

  @Test
  void theLeaseMustOutlastTwoPeriodsAndARoundTrip() {
    assertThat(
            ConfigurationCheck.problems(with(new Timing(25 * MILLI, 90 * MILLI, 70 * MILLI, 500))))
        .singleElement()
        .asString()
        .contains("(R7)", "is not above 70.0 ms");
  }

  @Test
  void theClaimedFormulaWithUnequalDelaysBreaksTheBoundOfR11() {
    DelayTable table =
        new DelayTable(
            List.of(
                List.of(0L, 2 * MILLI, MILLI),
                List.of(2 * MILLI, 0L, MILLI),
                List.of(MILLI, MILLI, 0L)));
    GroupConfiguration group =
        TestGroups.of(
            3, Guarantee.TIMED, new ElectionDelay(DelayFormula.CLAIMS, 10 * MILLI, MILLI, table));

    assertThat(ConfigurationCheck.problems(group))
        .anySatisfy(
            problem ->
                assertThat(problem).contains("R11", "server 3 waits 12.0 ms", "hears server 2"));
    assertThatThrownBy(() -> new Protocol(group, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("R11");
  }
}
