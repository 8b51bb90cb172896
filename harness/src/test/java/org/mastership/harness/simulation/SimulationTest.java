package org.mastership.harness.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mastership.core.Guarantee;
import org.mastership.core.Rule;

/** Whole groups from seeds: every promise holds at every step, and everything is exercised. */
class SimulationTest {
  private static final int SEEDS = 150;
  private static final Simulation.Trace NO_TRACE = (at, local, server, before, input, step) -> {};

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void thePromisesHoldAtEveryStepAndAHealedGroupServes(Guarantee guarantee) {
    long steps = 0;
    long tenures = 0;
    long failovers = 0;
    Map<Rule, Long> rules = new EnumMap<>(Rule.class);
    Map<String, Long> messages = new TreeMap<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      Simulation.Result result = run(seed, guarantee);
      steps += result.steps();
      tenures += result.tenures();
      failovers += result.failovers();
      result.rules().forEach((rule, count) -> rules.merge(rule, count, Long::sum));
      result.messages().forEach((kind, count) -> messages.merge(kind, count, Long::sum));
    }
    System.out.printf(
        "simulated %s: %d seeds, %d steps, %d tenures, rules %s, messages %s%n",
        guarantee, SEEDS, steps, tenures, rules, messages);

    assertThat(steps).as("steps").isGreaterThan(1_000_000);
    assertThat(tenures).as("tenures").isGreaterThan(3L * SEEDS);
    assertThat(failovers > 0).as("failovers are compared").isEqualTo(guarantee == Guarantee.TIMED);
    assertThat(rules.keySet()).containsAll(rulesOf(guarantee));
  }

  private static Simulation.Result run(long seed, Guarantee guarantee) {
    try {
      return Simulation.run(Settings.ofSeed(seed, guarantee, 0), NO_TRACE);
    } catch (Broken e) {
      return fail(
          e.getMessage()
              + "\nRepeat it with: node/bin/mastership simulate --trace --seed "
              + seed
              + " --guarantee "
              + guarantee.name().toLowerCase(Locale.ROOT),
          e);
    }
  }

  /** Every rule that can be applied under a guarantee; a simulated service never diverges. */
  private static List<Rule> rulesOf(Guarantee guarantee) {
    Set<Rule> never =
        guarantee == Guarantee.QUORUM
            ? Set.of(Rule.FENCE, Rule.REVOKE)
            : Set.of(
                Rule.FENCE,
                Rule.GRANT,
                Rule.KEEP_CLAIM,
                Rule.RENEW_LEASE,
                Rule.LAPSE,
                Rule.GIVE_UP);
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      if (!never.contains(rule)) {
        rules.add(rule);
      }
    }
    return rules;
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    List<String> first = trace(7);
    List<String> second = trace(7);

    assertThat(first).hasSizeGreaterThan(1_000).isEqualTo(second);
    assertThat(trace(8)).isNotEqualTo(first);
  }

  private static List<String> trace(long seed) {
    List<String> lines = new ArrayList<>();
    Simulation.run(
        Settings.ofSeed(seed, Guarantee.QUORUM, 3),
        (at, local, server, before, input, step) ->
            lines.add(at + " " + server + " " + input + " " + step));
    return lines;
  }
}
