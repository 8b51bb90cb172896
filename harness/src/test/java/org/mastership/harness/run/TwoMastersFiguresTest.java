package org.mastership.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mastership.core.Guarantee;
import org.mastership.harness.checker.MastershipChecker;
import org.mastership.harness.checker.Observation;

/** How long there were two masters, and from when it counts as after the healing. */
class TwoMastersFiguresTest {
  private static final long MILLI = 1_000_000;
  private static final long ORIGIN = 500 * MILLI;

  private static Observation seen(String server, long millis, long token) {
    return new Observation(server, ORIGIN + millis * MILLI, ORIGIN + millis * MILLI, token);
  }

  private static Map<String, Double> figures(long healedMillis, Observation... observations) {
    Fault halves =
        new Fault(1, FaultKind.HALVES, List.of(1, 2), "", 20 * MILLI, healedMillis * MILLI);
    Map<String, Double> figures = new LinkedHashMap<>();
    TwoMastersFigures.addTo(figures, List.of(observations), List.of(halves), ORIGIN);
    return figures;
  }

  @Test
  void itIsFromTheEndOfTheFaultToTheLastTimeThatTheOneWhoGivesUpIsSeen() {
    assertThat(
            figures(
                100,
                seen("s1", 10, 1),
                seen("s2", 50, 2),
                seen("s1", 130, 1),
                seen("s2", 900, 2),
                seen("s1", 0, 0)))
        .containsEntry("times of two masters", 1.0)
        .containsEntry("one master again after healing ms", 30.0);
  }

  @Test
  void whoGivesUpBeforeTheFaultEndsTakesNoTimeAfterIt() {
    assertThat(
            figures(
                200, seen("s1", 10, 1), seen("s2", 50, 2), seen("s1", 130, 1), seen("s2", 900, 2)))
        .containsEntry("one master again after healing ms", 0.0);
  }

  @Test
  void ofFaultsAtTheSameTimeTheOneCountsThatHadBegunAndLastsLongest() {
    Fault halves = new Fault(1, FaultKind.HALVES, List.of(1, 2), "", 20 * MILLI, 100 * MILLI);
    Fault shorter = new Fault(2, FaultKind.PAUSE, List.of(3), "", 30 * MILLI, 60 * MILLI);
    Fault later = new Fault(3, FaultKind.PAUSE, List.of(3), "", 70 * MILLI, 120 * MILLI);
    Map<String, Double> figures = new LinkedHashMap<>();

    TwoMastersFigures.addTo(
        figures,
        List.of(seen("s1", 10, 1), seen("s2", 50, 2), seen("s1", 130, 1), seen("s2", 900, 2)),
        List.of(halves, shorter, later),
        ORIGIN);

    assertThat(figures).containsEntry("one master again after healing ms", 30.0);
  }

  @Test
  void mastershipsOneAfterTheOtherAreNotTwo() {
    assertThat(figures(100, seen("s1", 10, 1), seen("s1", 40, 1), seen("s2", 50, 2)))
        .containsExactly(Map.entry("times of two masters", 0.0));
  }

  /** Servers that start at different times may both declare; afterwards that is a violation. */
  @Test
  void underTimedOnlyWhatWasSeenSinceTheGroupWasWholeIsPromised() {
    List<Observation> all =
        List.of(
            seen("s5", 10, 1),
            seen("s1", 12, 2),
            seen("s5", 14, 1),
            seen("s1", 30, 2),
            seen("s5", 40, 3),
            seen("s1", 60, 2));
    Map<String, Double> figures = new LinkedHashMap<>();

    List<Observation> promised =
        TwoMastersFigures.sinceWhole(Guarantee.TIMED, all, ORIGIN + 20 * MILLI, figures);

    assertThat(promised).isEqualTo(all.subList(3, 6));
    assertThat(figures).containsEntry("times of two masters at the start", 1.0);
    assertThat(MastershipChecker.contradiction(promised)).isPresent();
    assertThat(TwoMastersFigures.sinceWhole(Guarantee.QUORUM, all, ORIGIN + 20 * MILLI, figures))
        .isEqualTo(all);
  }
}
