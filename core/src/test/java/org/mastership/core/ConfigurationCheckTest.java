package org.mastership.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
  void theLeaseMustOutlastTwoAndAHalfPeriodsAndARoundTrip() {
    assertThat(
            ConfigurationCheck.problems(with(new Timing(25 * MILLI, 90 * MILLI, 82 * MILLI, 500))))
        .singleElement()
        .asString()
        .contains("(R7)", "is not above 82.5 ms");
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

  static Stream<Arguments> broken() {
    return Stream.of(
        arguments(with(timing(0, 90, 100, 500)), "detection period P", "0.0 ms"),
        arguments(with(timing(25, 3_600_001, 100, 500)), "reply time-out T", "3600001.0 ms"),
        arguments(with(timing(25, 90, -1, 500)), "lease L", "-1.0 ms"),
        arguments(with(timing(25, 90, 100, 100_001)), "clock drift", "it is 100001"),
        arguments(with(timing(25, 90, 100, -1)), "clock drift", "it is -1"),
        arguments(with(delay(0, 35, 3, 10)), "base election delay", "0.0 ms"),
        arguments(with(delay(10, 0, 3, 10)), "skew s", "0.0 ms"),
        arguments(with(delay(10, 35, 3, 0)), "from server 1 to server 2", "0.0 ms"),
        arguments(with(delay(10, 35, 4, 10)), "delay table", "for 4 servers, the group has 3"),
        arguments(with(new GroupConfiguration.Limits(0, 1)), "entry", "message"),
        arguments(with(new GroupConfiguration.Limits(3, 2)), "message", "in flight"),
        arguments(TestGroups.of(64, Guarantee.TIMED), "2 to 63 servers", "has 64"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void theMessageNamesTheBoundAndTheValue(GroupConfiguration group, String bound, String value) {
    assertThat(ConfigurationCheck.problems(group))
        .anySatisfy(problem -> assertThat(problem).contains(bound, value));
  }

  @Test
  void aGroupThatReplicatesNothingNeedsNoLimits() {
    GroupConfiguration group = with(GroupConfiguration.Limits.ELECTION_ONLY);

    assertThat(ConfigurationCheck.problems(group)).isEmpty();
    assertThat(group.replicates()).isFalse();
    assertThat(SOUND.replicates()).isTrue();
  }

  private static Timing timing(long period, long timeout, long lease, int driftPpm) {
    return new Timing(period * MILLI, timeout * MILLI, lease * MILLI, driftPpm);
  }

  private static ElectionDelay delay(long base, long skew, int servers, long delay) {
    return new ElectionDelay(
        DelayFormula.TIGHT, base * MILLI, skew * MILLI, DelayTable.uniform(servers, delay * MILLI));
  }

  private static GroupConfiguration with(ElectionDelay delay) {
    return TestGroups.of(3, Guarantee.QUORUM, delay);
  }

  private static GroupConfiguration with(GroupConfiguration.Limits limits) {
    return new GroupConfiguration(
        SOUND.guarantee(), SOUND.indexes(), SOUND.timing(), SOUND.electionDelay(), limits);
  }
}
