package org.mastership.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of results, from run to run. */
class ResultTableTest {
  private static final Path TINY = Path.of("src/test/resources/tiny").toAbsolutePath();

  private final List<Model> tiny = new Specification(TINY, TINY, TINY).all();

  @TempDir private Path folder;

  @Test
  void aRunReplacesItsRowAndLeavesTheOthers() throws Exception {
    Path file = folder.resolve("RESULTS.md");
    write(file, tiny, "holds", 11);
    write(file, tiny, "violatesStep", 1_000);

    write(file, tiny, "holds", 12);

    assertThat(Files.readString(file))
        .contains("| `holds` (small) | All is as expected. | `Counter` |  | all holds | 12 | 2.0 |")
        .contains("| `Grows` fails, 5 states | 1,000 | 2.0 |")
        .contains("Together: 2 models, 1,012 distinct states, 0.1 minutes.");
  }

  @Test
  void theRowOfAModelThatIsNoMoreGoes() throws Exception {
    Path file = folder.resolve("RESULTS.md");
    write(file, tiny, "holds", 11);

    write(file, List.of(model("violatesStep")), "violatesStep", 4);

    assertThat(Files.readString(file)).doesNotContain("`holds`").contains("Together: 1 models");
  }

  private void write(Path file, List<Model> models, String name, long distinct) throws Exception {
    ResultTable table = ResultTable.read(file, models);
    Outcome.Counts counts = new Outcome.Counts(distinct, 0, 0, Duration.ofSeconds(2));
    table.add(
        model(name),
        new Outcome(Outcome.End.HOLDS, "", counts, Map.of(), Set.of(), List.of(), 0, folder));
    Files.writeString(file, table.text());
  }

  private Model model(String name) {
    return tiny.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }
}
