package org.mastership.spec.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mastership.core.Guarantee.QUORUM;
import static org.mastership.core.Guarantee.TIMED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mastership.core.Guarantee;

/** The specification and core have the same steps: exhaustively within bounds, and far beyond. */
class ConformanceTest {
  private static final Path TARGET = Path.of("target", "conformance");
  private static final Path MODULES = Path.of("src", "main", "tla");
  private static final Set<String> TAKEN = new TreeSet<>();
  private static int compared;
  private static final int WALKS = 60;
  static final int LENGTH = 120;
  private static final Map<String, Integer> RETURN = Map.of("timers", 1, "crashes", 1, "starts", 1);
  private static final Map<String, Integer> CRASH = Map.of("timers", 2, "passes", 1, "crashes", 1);
  private static final Map<String, Integer> LOSSES =
      Map.of("timers", 2, "passes", 1, "losses", 1, "doubles", 1, "breaks", 1);

  private static final Map<String, Integer> RESIGN = Map.of("timers", 1, "resigns", 1);
  private static final Map<String, Integer> RESIGN_LATE = Map.of("timers", 2, "resigns", 1);
  private static final Map<String, Integer> HAND_OVER =
      Map.of("timers", 1, "passes", 1, "resigns", 1);

  private static final Map<String, Integer> RATED = Map.of("timers", 1, "rates", 1);
  private static final Map<String, Integer> RATED_LATE = Map.of("timers", 2, "rates", 1);

  static Stream<Arguments> exhaustive() {
    return Stream.of(
        within(QUORUM, "Elects", "AllWait", 0, 2, Map.of("timers", 2, "passes", 1), 19612, 71043),
        within(QUORUM, "Returns", "AllWait", 0, 2, RETURN, 127867, 466002),
        within(QUORUM, "Loses", "LastIsDown", 0, 2, LOSSES, 57449, 239121),
        within(QUORUM, "Serves", "LastIsDown", 1, 3, CRASH, 151577, 886173),
        within(QUORUM, "CatchesUp", "LogsDifferLastIsDown", 2, 3, Map.of("timers", 1), 4316, 21271),
        within(QUORUM, "HandsOver", "AllWait", 0, 2, HAND_OVER, 11455, 42324),
        within(QUORUM, "HandsOverLog", "LastIsDown", 2, 2, RESIGN, 21111, 93064),
        within(TIMED, "HandsOver", "LastIsDown", 2, 2, RESIGN_LATE, 84328, 390749),
        within(TIMED, "Elects", "AllWait", 0, 2, Map.of("timers", 3, "passes", 1), 27580, 101274),
        within(TIMED, "Loses", "LastIsDown", 0, 2, LOSSES, 9626, 36328),
        within(TIMED, "Compares", "LogsDifferLastIsDown", 2, 2, Map.of("timers", 2), 9348, 42998),
        within(QUORUM, "Ranks", "AllWait", 0, 2, RATED, 4393, 12692),
        within(TIMED, "Ranks", "AllWait", 0, 2, RATED_LATE, 48108, 169241));
  }

  private static Arguments within(
      Guarantee guarantee,
      String name,
      String begin,
      int entries,
      int messages,
      Map<String, Integer> left,
      long states,
      long steps) {
    String whole = guarantee == QUORUM ? "Quorum" + name : "Timed" + name;
    return Arguments.of(
        new Bounds(whole, guarantee, begin, entries, messages, left), states, steps);
  }

  /**
   * Given both in the same state, when anything can happen, then the same happens in both: in all
   * states within the bounds.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("exhaustive")
  void haveTheSameStatesAndSteps(Bounds bounds, long states, long steps) throws IOException {
    SideBySide walk = walk(bounds);

    SideBySide.Figures figures = walk.compare(Beginning.of(bounds));

    System.out.println(bounds + ": " + figures);
    TAKEN.addAll(figures.actions().keySet());
    compared++;
    assertThat(figures.states()).as("states of both").isEqualTo(states);
    assertThat(figures.steps()).as("steps of both").isEqualTo(steps);
  }

  /** No action is left out: each is taken somewhere within the bounds. */
  @AfterAll
  static void everyActionIsTaken() throws IOException {
    if (compared < exhaustive().count()) {
      return;
    }
    String module = Files.readString(MODULES.resolve("Group.tla"));
    Matcher name = Pattern.compile("act' = <<\"(\\w+)\"").matcher(module);
    Set<String> all = new TreeSet<>(Set.of("Disconnect", "Refuse"));
    while (name.find()) {
      all.add(name.group(1));
    }
    assertThat(TAKEN).isEqualTo(all);
  }

  @Test
  void theReadmeHasTheFiguresOfEachComparison() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    exhaustive()
        .map(each -> "| %,d | %,d |".formatted((long) each.get()[1], (long) each.get()[2]))
        .forEach(figures -> assertThat(readme).contains(figures));
  }

  static Stream<Bounds> atRandom() {
    Map<String, Integer> much =
        Map.of(
            "timers", LENGTH, "passes", LENGTH, "crashes", 2, "breaks", 2, "losses", 8, "doubles",
            3, "resigns", 2);
    Map<String, Integer> rated = new HashMap<>(much);
    rated.put("rates", 4);
    return Stream.of(
        new Bounds("QuorumFar", QUORUM, "Init", 6, 8, much),
        new Bounds("TimedFar", TIMED, "Init", 6, 8, much),
        new Bounds("QuorumFarFromLogs", QUORUM, "LogsDiffer", 6, 8, much),
        new Bounds("TimedFarFromLogs", TIMED, "LogsDiffer", 6, 8, much),
        new Bounds("QuorumFarRated", QUORUM, "Init", 6, 8, rated),
        new Bounds("TimedFarRated", TIMED, "LogsDiffer", 6, 8, rated));
  }

  /** Far from the beginning they still have the same steps: along paths that turn at random. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("atRandom")
  void haveTheSameStepsFarAway(Bounds bounds) throws IOException {
    SideBySide walk = walk(bounds);

    for (int seed = 0; seed < WALKS; seed++) {
      walk.follow(Beginning.of(bounds), new Random(seed), LENGTH);
    }

    System.out.println(bounds + ": " + walk.soFar());
    assertThat(walk.soFar().actions().keySet())
        .contains("Receive", "Timer", "Persist", "Crash", "Admit", "Execute", "Read", "Resign");
    if (bounds.left().get("rates") > 0) {
      assertThat(walk.soFar().actions().keySet()).contains("Rate", "Rerank");
    }
  }

  static SideBySide walk(Bounds bounds) throws IOException {
    return new SideBySide(bounds.actions(), bounds.specification(TARGET, MODULES));
  }

  /** The bounds of the comparison with a name, exhaustive or at random. */
  static Bounds bounds(String name) {
    return Stream.concat(exhaustive().map(each -> (Bounds) each.get()[0]), atRandom())
        .filter(bounds -> bounds.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static boolean isFar(Bounds bounds) {
    return atRandom().anyMatch(bounds::equals);
  }
}
