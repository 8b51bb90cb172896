package org.mastership.harness.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mastership.harness.checker.Histories.Mix;
import org.mastership.harness.example.ExampleHistory;
import org.mastership.harness.example.ExampleHistory.Kind;
import org.mastership.harness.example.ExampleHistory.Settings;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.history.Operation;

/** Histories of the sizes that a run leaves are decided, and one wrong answer in them is found. */
class MadeHistoriesTest {
  private static final int WRONG_ANSWERS = 8;

  private static Verdict check(Settings settings, Path file) throws IOException {
    ExampleHistory.write(settings, file);
    if (settings.kind() == Kind.MASTERSHIP) {
      return MastershipHistory.check(HistoryReader.plain(), file, false);
    }
    return new LinearizabilityChecker(model(settings.kind()), Bounds.DEFAULT)
        .check(HistoryReader.operations(file));
  }

  private static KnownModel model(Kind kind) {
    return KnownModel.valueOf(kind.name());
  }

  private static Finding withoutSearch(List<Operation> operations) {
    return UniqueValues.find(KeyHistory.of(KnownModel.REGISTER, operations)).orElseThrow();
  }

  @Property(tries = 60)
  void anExampleIsLinearizableAndWithOneWrongAnswerItIsNot(
      @ForAll Kind kind,
      @ForAll @IntRange(min = 1, max = 3) int keys,
      @ForAll @IntRange(max = 15) int lost,
      @ForAll long seed)
      throws IOException {
    Path file = Files.createTempFile("example", ".jsonl");
    try {
      Settings good = new Settings(kind, 800, 8, keys, lost, 0, false, seed);
      Settings bad = new Settings(kind, 800, 8, keys, lost, 0, true, seed);

      assertThat(check(good, file)).isInstanceOf(Verdict.Linearizable.class);
      assertThat(check(bad, file)).isInstanceOf(Verdict.NotLinearizable.class);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void aHundredThousandOperationsOfOneRegisterNeedNoSearch(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("register.jsonl");
    ExampleHistory.write(new Settings(Kind.REGISTER, 100_000, 50, 1, 10, 0, false, 1), file);
    List<Operation> operations = HistoryReader.operations(file).get("");

    Finding finding = withoutSearch(operations);

    assertThat(operations).hasSize(100_000);
    assertThat(operations).filteredOn(each -> !each.isAnswered()).hasSizeGreaterThan(9_000);
    assertThat(finding).isInstanceOf(Finding.Order.class);
    assertThat(
            Witness.problem(
                KnownModel.REGISTER, operations, ((Finding.Order) finding).operations()))
        .isEmpty();
  }

  @Test
  void oneStaleReadAmongAHundredThousandOperationsOfTwentyKeysIsFound(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("registers.jsonl");
    ExampleHistory.write(new Settings(Kind.REGISTER, 100_000, 50, 20, 10, 0, true, 1), file);
    Map<String, List<Operation>> operations = HistoryReader.operations(file);

    List<Finding.Conflict> conflicts =
        operations.values().stream()
            .map(MadeHistoriesTest::withoutSearch)
            .filter(Finding.Conflict.class::isInstance)
            .map(Finding.Conflict.class::cast)
            .toList();

    assertThat(operations).hasSize(20);
    assertThat(conflicts).hasSize(1);
    assertThat(conflicts.get(0).operations()).hasSizeBetween(3, 4);
  }

  @Test
  void aMillionObservationsOfMastershipAreJudged(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mastership.jsonl");
    Settings good = new Settings(Kind.MASTERSHIP, 1_000_000, 5, 1, 1, 0, false, 1);

    assertThat(check(good, file)).isInstanceOf(Verdict.Linearizable.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 10, 20})
  void aHundredHistoriesOfASmallValuedRegisterAreDecidedWithFewConfigurations(int processes) {
    Random random = new Random(processes);
    long looked = 0;
    int good = 0;
    for (int i = 0; i < 100; i++) {
      List<Operation> history = Histories.random(random, Mix.CAS_REGISTER, 80, processes);
      for (int wrong = 0; wrong < i % 2 * WRONG_ANSWERS; wrong++) {
        history = Histories.mutated(random, history);
      }
      Limit limit = new Limit(Bounds.DEFAULT);

      Finding finding = KeySearch.find(KeyHistory.of(KnownModel.CAS_REGISTER, history), limit);

      assertThat(finding).isNotInstanceOf(Finding.Undecided.class);
      good += finding instanceof Finding.Order ? 1 : 0;
      looked += limit.checks();
    }
    assertThat(good).isBetween(50, 90);
    assertThat(looked).isLessThan(200_000);
  }
}
