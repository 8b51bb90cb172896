package org.mastership.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a check can fail, with tiny modules, and what the reader is told of it. */
class TlcTest {
  private static final Path TINY = Path.of("src/test/resources/tiny").toAbsolutePath();

  @TempDir private Path results;

  private Outcome outcome;

  @ParameterizedTest
  @CsvSource({"holds", "violatedAsExpected", "violatesStep", "violatesLiveness"})
  void whatIsAsExpectedHasNoProblem(String model) throws Exception {
    assertThat(problemsOf(model)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          broken          | cannot be read by TLC
          endless         | is not finished by TLC in its 3 s
          violated        | violates AtMostTwo, see
          violatesNothing | must violate AtMostThree, but holds
          violatesOther   | must violate AtMostThree, but violates AtMostTwo, see
          neverTaken      | never takes the action Leap
          takenAfterAll   | takes the action Up, which it says it never does
          notReached      | reaches no state with IsFive
          otherCount      | says that it has 12 distinct states, but has 11
          """)
  void whatIsNotAsExpectedIsSaidInOneSentence(String model, String said) throws Exception {
    List<String> problems = problemsOf(model);

    assertThat(problems).singleElement().asString().contains("model " + model + " " + said);
    assertThat(problems.get(0)).contains("module ", outcome.outputFile().toString());
  }

  @Test
  void aViolationNamesTheFileWithTheCounterexample() throws Exception {
    assertThat(problemsOf("violated").get(0)).contains(outcome.traceFile().toString());

    assertThat(Files.readString(outcome.traceFile()))
        .startsWith("1: Init\n  count = 0\n  last = <<>>\n2: Up\n  count = 1\n");
  }

  @Test
  void aCounterexampleWithoutAnEndSaysWhereItReturnsTo() throws Exception {
    problemsOf("violatesLiveness");

    assertThat(outcome.loopsTo()).isEqualTo(5);
    assertThat(outcome.trace().get(4).action()).isEqualTo("Down");
    assertThat(outcome.trace().get(4).variables()).containsOnlyKeys("count", "last");
  }

  @Test
  void whatWasExploredIsCounted() throws Exception {
    problemsOf("holds");

    assertThat(outcome.counts().distinct()).isEqualTo(11);
    assertThat(outcome.counts().generated()).isEqualTo(15);
    // Several workers may find a state by a longer way first.
    assertThat(outcome.counts().depth()).isBetween(8L, 11L);
    assertThat(outcome.actions()).containsEntry("Leap", 0L).containsKeys("Up", "Down");
    assertThat(outcome.reached()).containsExactly("IsTwo");
  }

  private List<String> problemsOf(String name) throws Exception {
    Specification tiny = new Specification(TINY, TINY, results);
    Model model =
        tiny.all().stream().filter(found -> found.name().equals(name)).findFirst().orElseThrow();
    outcome = new Tlc(tiny).run(model);
    return Verdict.problems(model, outcome);
  }
}
