package org.mastership.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of claims names only what there is, and every claim. */
class ClaimsTableTest {
  private static final int CLAIMS = 47;
  private static final Path CHECKOUT = Path.of("..");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Pattern RULE = Pattern.compile("R\\d+");
  private static final JavaSources MAIN = JavaSources.in(CHECKOUT, "src/main/java");
  private static final JavaSources TESTS = JavaSources.in(CHECKOUT, "src/test/java");

  /** One row, cell by cell. */
  private record Row(
      String claims, String words, String rule, String spec, String code, String test) {
    static Row of(String line) {
      String[] cells = line.substring(1).split("\\|", -1);
      assertThat(cells).as(line).hasSize(7);
      return new Row(
          cells[0].strip(),
          cells[1].strip(),
          cells[2].strip(),
          cells[3].strip(),
          cells[4].strip(),
          cells[5].strip());
    }

    Stream<Integer> numbers() {
      return Stream.of(claims.split(", ")).map(Integer::valueOf);
    }

    /** What is not built yet has no names in any column. */
    boolean isOpen() {
      return spec.startsWith("open: ");
    }
  }

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(Path.of("CLAIMS.md")).stream()
        .filter(line -> line.matches("\\| \\d.*"))
        .map(Row::of)
        .toList();
  }

  private static List<String> names(Pattern pattern, int group, String cell) {
    return pattern.matcher(cell).results().map((MatchResult found) -> found.group(group)).toList();
  }

  @Test
  void everyClaimIsInOneRow() throws IOException {
    assertThat(rows().stream().flatMap(Row::numbers).sorted())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, CLAIMS).boxed().toList());
  }

  @Test
  void noCellIsEmptyAndWhatIsOpenSaysWhat() throws IOException {
    for (Row row : rows()) {
      assertThat(List.of(row.words, row.rule, row.spec, row.code, row.test)).doesNotContain("");
      if (row.isOpen()) {
        assertThat(List.of(row.code, row.test)).as(row.claims).containsOnly(row.spec);
      }
    }
  }

  @TestFactory
  List<DynamicTest> whatARowNamesExists() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Row row : rows()) {
      if (!row.isOpen()) {
        tests.add(DynamicTest.dynamicTest("claims " + row.claims, () -> checkNames(row)));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }

  private static void checkNames(Row row) throws IOException {
    for (String rule : names(RULE, 0, row.rule)) {
      assertThat(MAIN.mentions(rule)).as("core or node mentions %s", rule).isTrue();
    }
    List<String> definitions = names(NAME, 1, row.spec);
    assertThat(definitions).isNotEmpty();
    for (String definition : definitions) {
      checkDefinition(definition);
    }
    List<String> methods = names(NAME, 1, row.code);
    assertThat(methods).isNotEmpty().allMatch(MAIN::hasMethod);
    List<String> tests = names(NAME, 1, row.test);
    assertThat(tests).isNotEmpty().allMatch(test -> isTrace(test) || TESTS.hasMethod(test));
  }

  private static void checkDefinition(String name) throws IOException {
    String[] parts = name.split("!");
    assertThat(parts).as(name).hasSize(2);
    Path module = Path.of("src/main/tla", parts[0] + ".tla");
    Pattern definition = Pattern.compile("(?m)^" + parts[1] + "(\\(.*\\))? ==");
    assertThat(definition.matcher(Files.readString(module)).find()).as(name).isTrue();
  }

  private static boolean isTrace(String test) {
    return Files.exists(CHECKOUT.resolve("core/src/test/resources/traces/" + test + ".txt"));
  }
}
