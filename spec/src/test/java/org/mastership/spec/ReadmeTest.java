package org.mastership.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documents say is what the runs say. */
class ReadmeTest {
  private static final Pattern DRAWN =
      Pattern.compile("<!-- drawn from (\\w+) -->\\n```mermaid\\n(.*?)```", Pattern.DOTALL);

  private final Specification specification = Specification.in(Path.of("").toAbsolutePath());

  @TestFactory
  Stream<DynamicTest> eachDiagramIsDrawnFromItsCounterexample() throws Exception {
    Matcher drawn = DRAWN.matcher(Files.readString(Path.of("README.md")));
    List<DynamicTest> tests = new ArrayList<>();
    while (drawn.find()) {
      String name = drawn.group(1);
      String diagram = drawn.group(2);
      tests.add(
          DynamicTest.dynamicTest(
              name, () -> assertThat(diagram).isEqualTo(Diagram.of(run(name).trace()))));
    }
    assertThat(tests).hasSizeGreaterThan(1);
    return tests.stream();
  }

  @Test
  void theLengthsOfCounterexamplesAreThoseOfTheModels() throws Exception {
    Matcher row =
        Pattern.compile("\\| `(\\w+)` \\| (\\d+) \\|")
            .matcher(Files.readString(Path.of("README.md")));
    List<String> said = new ArrayList<>();
    while (row.find()) {
      said.add(row.group(1));
      assertThat(model(row.group(1)).length()).hasValue(Long.parseLong(row.group(2)));
    }
    assertThat(said).contains("leaseNoEcho", "leaseNoSilence");
  }

  @Test
  void theTableOfResultsHasEveryCheckedModelWithItsFigures() throws Exception {
    String table = Files.readString(Path.of("RESULTS.md"));

    for (Model model : specification.all().stream().filter(ReadmeTest::isChecked).toList()) {
      assertThat(table).contains(ResultTable.row(model));
      model
          .distinct()
          .ifPresent(states -> assertThat(row(table, model)).contains("| %,d |".formatted(states)));
    }
  }

  private static boolean isChecked(Model model) {
    return model.distinct().isPresent() || model.length().isPresent();
  }

  private static String row(String table, Model model) {
    return table
        .lines()
        .filter(line -> line.contains("`" + model.name() + "`"))
        .findFirst()
        .orElseThrow();
  }

  private Outcome run(String name) throws Exception {
    Model model = model(name);
    Path results = Files.createTempDirectory(Path.of("target"), "drawn");
    return new Tlc(new Specification(specification.modules(), specification.models(), results))
        .run(model);
  }

  private Model model(String name) {
    return specification.all().stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
