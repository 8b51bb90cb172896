package org.mastership.core.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mastership.core.Guarantee;

/** A group that replicates nothing still has one master, and another when that one fails. */
class ElectionOnlyTest {
  private final List<String> lines = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void theNextServerTakesOverUnderAHigherToken(Guarantee guarantee) {
    ElectionOnly group = new ElectionOnly(guarantee, lines::add);

    group.run(200);
    assertThat(group.isMaster(1)).isTrue();
    assertThat(group.isMaster(2)).isFalse();
    long token = group.token(1);

    group.kill(1);
    group.run(300);
    assertThat(group.isMaster(2)).isTrue();
    assertThat(group.isMaster(3)).isFalse();
    assertThat(group.token(2)).isGreaterThan(token).isEqualTo(group.token(3));
    assertThat(lines)
        .containsSubsequence(
            "200 ms: server 1 is killed",
            "200 ms: server 2 SUSPECTED master 1 in epoch 1.1",
            "200 ms: server 3 SUSPECTED master 1 in epoch 1.1")
        .anyMatch(line -> line.endsWith("server 2 GAINED master 2 in epoch 2.2"))
        .anyMatch(line -> line.endsWith("server 3 FOLLOWING master 2 in epoch 2.2"));
  }

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void anIdleGroupKeepsItsMaster(Guarantee guarantee) {
    ElectionOnly group = new ElectionOnly(guarantee, lines::add);

    group.run(200);
    lines.clear();
    group.run(5_000);

    assertThat(lines).isEmpty();
    assertThat(group.isMaster(1)).isTrue();
  }
}
