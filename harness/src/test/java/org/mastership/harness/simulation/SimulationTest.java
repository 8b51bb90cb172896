package org.mastership.harness.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mastership.core.Effect;
import org.mastership.core.Guarantee;
import org.mastership.core.Input;
import org.mastership.core.Rule;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.harness.simulation.Settings.Fault;

/** Whole groups from seeds: every promise holds at every step, and everything is exercised. */
class SimulationTest {
  private static final int SEEDS = 150;
  private static final int CAMPAIGN = 1_000;
  private static final Set<Fault> PARTITIONS = Set.of(Fault.PARTITION);

  /** A master repeats its declaration more often than this to whom it does not hear. */
  private static final long SILENCE_NANOS = 150 * Settings.MILLI;

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
      Simulation.Result result = run(Settings.ofSeed(seed, guarantee, 0));
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

  /** A campaign: in a thousand runs one thing goes wrong, in half of them under each guarantee. */
  @ParameterizedTest
  @EnumSource(Fault.class)
  void thePromisesHoldWhereOneFaultComesAgainAndAgain(Fault fault) {
    LongStream.rangeClosed(1, CAMPAIGN)
        .parallel()
        .forEach(
            seed -> {
              Guarantee guarantee = seed % 2 == 0 ? Guarantee.QUORUM : Guarantee.TIMED;
              Settings settings = Settings.ofSeed(seed, guarantee, 0).withFaults(Set.of(fault));
              assertThat(run(settings).answers()).as("%s", settings).isPositive();
            });
  }

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void thePromisesHoldWhereEverythingGoesWrongTogether(Guarantee guarantee) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      run(Settings.ofSeed(seed, guarantee, 0).withFaults(EnumSet.allOf(Fault.class)));
    }
  }

  /** What a seed draws was written down: the faults that came later are not among it. */
  @Test
  void aSeedGivesTheRunThatItAlwaysGave() {
    assertThat(Settings.ofSeed(205, Guarantee.QUORUM, 0))
        .hasToString(
            "QUORUM with 2 servers, seed 205, faults SLOW_NETWORK PARTITION CRASH PAUSE SLOW_DISK"
                + " RECONNECT");
    for (long seed = 1; seed <= CAMPAIGN; seed++) {
      assertThat(Settings.ofSeed(seed, Guarantee.QUORUM, 0).faults())
          .allMatch(fault -> fault.compareTo(Fault.HAND_OVER) <= 0);
    }
  }

  /**
   * R8, R13: two masters that hear nothing of each other. The one of the greater index gives way
   * although no message of the other has come for far longer than a master keeps silent.
   */
  @Test
  void twoMastersThatDoNotHearEachOtherMeetThroughTheNameServer() {
    int met = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Settings settings = Settings.ofSeed(seed, Guarantee.TIMED, 2).withFaults(PARTITIONS);
      Meetings meetings = new Meetings();
      Simulation.run(settings, meetings);
      assertThat(meetings.count == 0 || settings.names().isPresent()).isTrue();
      met += meetings.count;
    }
    assertThat(met).as("masters that gave way to one they did not hear").isGreaterThan(10);
  }

  /** Counts the masters of a pair that gave way to the other one without hearing it. */
  private static final class Meetings implements Simulation.Trace {
    private final long[] heardAt = new long[3];
    private int count;

    @Override
    public void transition(
        long atNanos, long localNanos, int server, State before, Input input, Step step) {
      if (input instanceof Input.Received) {
        heardAt[server] = atNanos;
      }
      Effect.Report lost =
          new Effect.Report(Effect.Change.LOST, before.mastership(), Effect.Reason.REGISTERED);
      if (step.effects().contains(lost) && atNanos > heardAt[server] + SILENCE_NANOS) {
        count++;
      }
    }
  }

  /** A clock's rate once rounded a wake-up to just before it was due, and again, for ever. */
  @Test
  void aServerIsAwakeWhenItsTimerIsDue() {
    run(Settings.ofSeed(104, Guarantee.QUORUM, 0).withFaults(Set.of(Fault.LOSSY)));
  }

  private static Simulation.Result run(Settings settings) {
    try {
      return Simulation.run(settings, NO_TRACE);
    } catch (Broken e) {
      String faults =
          settings.faults().stream().map(SimulationTest::dashed).collect(Collectors.joining(","));
      return fail(
          "%s%nRepeat it with: node/bin/mastership simulate --trace --seed %d --guarantee %s --faults %s"
              .formatted(e.getMessage(), settings.seed(), dashed(settings.guarantee()), faults),
          e);
    }
  }

  private static String dashed(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Every rule that can be applied under a guarantee; a simulated service never diverges, and only
   * in a wide area is anything measured.
   */
  private static List<Rule> rulesOf(Guarantee guarantee) {
    Set<Rule> never =
        guarantee == Guarantee.QUORUM
            ? Set.of(Rule.FENCE, Rule.MEASURE, Rule.REVOKE)
            : Set.of(
                Rule.FENCE,
                Rule.MEASURE,
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
