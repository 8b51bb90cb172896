package org.mastership.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mastership.core.DelayFormula;
import org.mastership.core.DelayTable;
import org.mastership.core.ElectionDelay;

/**
 * R11 has one formula: on every table of small delays the specification's module ElectionDelay, as
 * TLC evaluates it, and core's class of the same name give the same delays.
 */
class ElectionDelayTest {
  private static final int BASE = 3;
  private static final int SKEW = 2;
  private static final Pattern LINE =
      Pattern.compile("<<<<([\\d, ]+)>>, <<([\\d, ]+)>>, <<([\\d, ]+)>>>>");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void coreAndTheSpecificationGiveTheSameDelaysForEveryTable(int backups) throws Exception {
    Map<List<Long>, List<List<Long>>> evaluated = evaluate(backups);

    int pairs = backups * (backups - 1) / 2;
    assertThat(evaluated).hasSize((int) Math.pow(3, pairs));
    List<Integer> order = IntStream.rangeClosed(1, backups).boxed().toList();
    evaluated.forEach(
        (delays, both) -> {
          DelayTable table = table(backups, delays);
          assertThat(nanos(DelayFormula.TIGHT, table, order))
              .as("tight, %s", table)
              .isEqualTo(both.get(0));
          assertThat(nanos(DelayFormula.CLAIMS, table, order))
              .as("claims, %s", table)
              .isEqualTo(both.get(1));
        });
  }

  private static List<Long> nanos(DelayFormula formula, DelayTable table, List<Integer> order) {
    long[] nanos = new ElectionDelay(formula, BASE, SKEW, table).nanos(order);
    return Arrays.stream(nanos).boxed().toList();
  }

  /** The delays to less preferred servers are given row by row; the others are not used. */
  private static DelayTable table(int size, List<Long> delays) {
    List<List<Long>> rows = new ArrayList<>();
    int next = 0;
    for (int j = 0; j < size; j++) {
      List<Long> row = new ArrayList<>();
      for (int k = 0; k < size; k++) {
        row.add(k > j ? delays.get(next++) : 99L);
      }
      rows.add(row);
    }
    return new DelayTable(rows);
  }

  /** Lets TLC print, for every table, the table and what both formulas give. */
  private Map<List<Long>, List<List<Long>>> evaluate(int backups) throws Exception {
    Path models = Files.createDirectories(folder.resolve("models"));
    Files.writeString(models.resolve("Evaluate.tla"), module(backups));
    Path configuration =
        Files.writeString(
            models.resolve("evaluate.cfg"),
            """
            \\* Prints the election delays.
            \\* module: Evaluate
            \\* size: small
            \\* expect: holds
            \\* seconds: 120
            \\* distinct: 1
            INIT Init
            NEXT Next
            """);
    Specification specification =
        new Specification(
            Path.of("src/main/tla").toAbsolutePath(), models, folder.resolve("results"));
    Outcome outcome = new Tlc(specification).run(ModelHeader.read(configuration));
    assertThat(outcome.end()).as(outcome.about()).isEqualTo(Outcome.End.HOLDS);
    Map<List<Long>, List<List<Long>>> found = new TreeMap<>(ElectionDelayTest::compare);
    Matcher line =
        LINE.matcher(
            Files.readString(outcome.outputFile())
                .replaceAll("\\s+", " ")
                .replace("<< <<", "<<<<")
                .replace(">> >>", ">>>>"));
    while (line.find()) {
      found.put(numbers(line.group(1)), List.of(numbers(line.group(2)), numbers(line.group(3))));
    }
    return found;
  }

  private static int compare(List<Long> a, List<Long> b) {
    return a.toString().compareTo(b.toString());
  }

  private static List<Long> numbers(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).map(Long::valueOf).toList();
  }

  private static String module(int backups) {
    List<String> pairs = new ArrayList<>();
    for (int j = 1; j <= backups; j++) {
      for (int k = j + 1; k <= backups; k++) {
        pairs.add(j + "" + k);
      }
    }
    String row = pairs.stream().map(pair -> "t[" + pair + "]").collect(Collectors.joining(", "));
    return """
        ---- MODULE Evaluate ----
        EXTENDS ElectionDelay, TLC
        VARIABLE nothing
        Init == nothing = 0
        Next == UNCHANGED nothing
        Order == [n \\in 1..%1$d |-> n]
        Delay(t) == [j \\in 1..%1$d |-> [k \\in 1..%1$d |-> IF j < k THEN t[10 * j + k] ELSE 99]]
        ASSUME \\A t \\in [{%2$s} -> 1..3] :
          PrintT(<<<<%3$s>>, Tight(Order, Delay(t), %4$d, %5$d), Claims(Order, Delay(t), %4$d)>>)
        ====
        """
        .formatted(backups, String.join(", ", pairs), row, BASE, SKEW);
  }
}
