package org.mastership.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mastership.harness.checker.Observation;

/** What counts as a failover, and from when. */
class FailoversTest {
  private static final long MILLI = 1_000_000;
  private static final long ORIGIN = 500 * MILLI;

  private static Fault crash(int number, long beginMillis) {
    return new Fault(
        number, FaultKind.CRASH, List.of(1), "s1", beginMillis * MILLI, Fault.NOT_ENDED);
  }

  private static Fault pause(int number, long beginMillis, long endMillis) {
    return new Fault(
        number, FaultKind.PAUSE, List.of(1), "s1", beginMillis * MILLI, endMillis * MILLI);
  }

  private static Observation seen(String server, long millis, long token) {
    return new Observation(server, ORIGIN + millis * MILLI, ORIGIN + millis * MILLI, token);
  }

  @Test
  void itIsFromTheLatestFaultToTheFirstTimeThatTheNewMasterIsSeen() {
    Failovers failovers =
        Failovers.of(
            List.of(pause(1, 50, 90), crash(2, 100)),
            List.of(seen("s2", 260, 20), seen("s1", 10, 10), seen("s2", 250, 20)),
            ORIGIN);

    assertThat(failovers.nanos()).containsExactly(150 * MILLI);
  }

  @Test
  void itHasNoTimeWhereAnotherFaultWasInForce() {
    List<Observation> seen = List.of(seen("s1", 10, 10), seen("s2", 250, 20));

    assertThat(Failovers.of(List.of(pause(1, 50, 110), crash(2, 100)), seen, ORIGIN))
        .isEqualTo(new Failovers(List.of(240 * MILLI), List.of()));
  }

  @Test
  void itHasNoTimeWhereTheOldMasterOutlivedTheFault() {
    Fault pause = pause(1, 50, 90);
    Observation last = seen("s2", 250, 20);

    assertThat(Failovers.of(List.of(pause), List.of(seen("s1", 10, 10), last), ORIGIN).nanos())
        .containsExactly(200 * MILLI);
    assertThat(
            Failovers.of(
                List.of(pause), List.of(seen("s1", 10, 10), seen("s1", 95, 10), last), ORIGIN))
        .isEqualTo(new Failovers(List.of(155 * MILLI), List.of()));
  }

  @Test
  void aNewEpochOfTheSameServerAndAChangeWithoutAFaultAreNone() {
    Failovers failovers =
        Failovers.of(
            List.of(crash(1, 20)),
            List.of(seen("s1", 10, 10), seen("s1", 30, 20), seen("s2", 40, 30)),
            ORIGIN);

    assertThat(failovers).isEqualTo(new Failovers(List.of(), List.of()));
  }

  @Test
  void theFiguresAreTheMiddleAndTheLongest() {
    Map<String, Double> figures = new LinkedHashMap<>();
    List<Long> nanos = List.of(30 * MILLI, 10 * MILLI, 20 * MILLI);
    new Failovers(List.of(5 * MILLI, 0L, 9 * MILLI, 7 * MILLI), nanos).addTo(figures);

    assertThat(figures)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "failovers",
                4.0,
                "without a master ms, median",
                7.0,
                "without a master ms, worst",
                9.0,
                "failovers of one fault",
                3.0,
                "failover ms, median",
                20.0,
                "failover ms, worst",
                30.0));
  }
}
