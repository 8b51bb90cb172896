package org.mastership.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** R11 (claims 9 to 13): how long each back-up waits. */
class ElectionDelayTest {
  private static final long MILLI = TestGroups.MILLI;

  @Provide
  Arbitrary<ElectionDelay> tight() {
    return delays(DelayFormula.TIGHT);
  }

  @Provide
  Arbitrary<ElectionDelay> claims() {
    return delays(DelayFormula.CLAIMS);
  }

  private static Arbitrary<ElectionDelay> delays(DelayFormula formula) {
    Arbitrary<Long> times = Arbitraries.longs().between(1, 1_000 * MILLI);
    Arbitrary<DelayTable> tables =
        Arbitraries.integers()
            .between(2, 7)
            .flatMap(size -> times.list().ofSize(size).list().ofSize(size).map(DelayTable::new));
    return Combinators.combine(times, times, tables)
        .as((base, skew, table) -> new ElectionDelay(formula, base, skew, table));
  }

  private static List<Integer> all(ElectionDelay delay) {
    List<Integer> backups = new ArrayList<>();
    for (int number = 1; number <= delay.delays().size(); number++) {
      backups.add(number);
    }
    return backups;
  }

  @Property
  void tightDelaysGrowWithTheIndexAndLetEveryPreferredBackUpBeHeard(
      @ForAll("tight") ElectionDelay delay) {
    long[] nanos = delay.nanos(all(delay));
    assertThat(nanos[0]).isEqualTo(delay.baseNanos());
    for (int i = 1; i < nanos.length; i++) {
      assertThat(nanos[i]).isGreaterThan(nanos[i - 1]);
      long latestHeard = 0;
      for (int j = 0; j < i; j++) {
        latestHeard =
            Math.max(
                latestHeard, nanos[j] + delay.delays().nanos(j + 1, i + 1) + delay.skewNanos());
      }
      assertThat(nanos[i]).as("waits for all, and no longer").isEqualTo(latestHeard);
    }
  }

  @Property
  void claimedDelaysAreTheBaseAndTheLongestDelayOfEachPreferredBackUp(
      @ForAll("claims") ElectionDelay delay) {
    List<Integer> backups = all(delay);
    long[] nanos = delay.nanos(backups);
    for (int i : backups) {
      long expected = delay.baseNanos();
      for (int j = 1; j < i; j++) {
        int preferred = j;
        expected +=
            backups.stream()
                .filter(k -> k >= i)
                .mapToLong(k -> k == preferred ? 0 : delay.delays().nanos(preferred, k))
                .max()
                .orElseThrow();
      }
      assertThat(nanos[i - 1]).isEqualTo(expected);
    }
  }

  @Test
  void withUnequalDelaysTheClaimedFormulaGivesTwoBackUpsTheSameDelay() {
    DelayTable table =
        new DelayTable(
            List.of(
                List.of(0L, 2 * MILLI, MILLI),
                List.of(2 * MILLI, 0L, MILLI),
                List.of(MILLI, MILLI, 0L)));
    ElectionDelay claims = new ElectionDelay(DelayFormula.CLAIMS, 10 * MILLI, MILLI, table);

    long[] nanos = claims.nanos(List.of(1, 2, 3));

    assertThat(nanos[1]).isEqualTo(12 * MILLI).isEqualTo(nanos[2]);
  }

  @Test
  void theFailedMasterIsLeftOut() {
    GroupConfiguration group = TestGroups.of(3, Guarantee.QUORUM);

    assertThat(group.electionDelayNanos(2, 1, Ranking.CONFIGURED)).isEqualTo(10 * MILLI);
    assertThat(group.electionDelayNanos(3, 1, Ranking.CONFIGURED)).isEqualTo(55 * MILLI);
    assertThat(group.electionDelayNanos(2, 0, Ranking.CONFIGURED)).isEqualTo(55 * MILLI);
  }
}
