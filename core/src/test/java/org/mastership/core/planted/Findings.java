package org.mastership.core.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The table that says which check finds which planted bug. Each module's test compares its own
 * column with what it finds; with {@code -Dplanted.rewrite=true} it writes it anew instead.
 */
public final class Findings {
  /** Of what does not find a bug. */
  public static final String NOTHING = "-";

  private static final Path TABLE = PlantedBug.FOLDER.resolve("README.md");
  private static final String ROW = "| ";
  private static final String RULE = "| --- | --- | --- | --- | --- |";

  private Findings() {}

  /** The checks, in the order of their columns. */
  public enum Check {
    /** Core's text traces. */
    TRACES(2),
    /** The comparison of core with the specification. */
    COMPARISON(3),
    /** The simulation of groups. */
    SIMULATION(4);

    private final int cell;

    Check(int cell) {
      this.cell = cell;
    }
  }

  /** What the table says that a check finds of a bug; {@link #NOTHING} where it says nothing. */
  public static String of(PlantedBug bug, Check check) throws IOException {
    return cells(bug).get(check.cell);
  }

  /** Compares what a check found with what the table says. */
  public static void check(PlantedBug bug, Check check, String found) throws IOException {
    if (isRewritten()) {
      write(bug, check, found);
    }
    assertThat(cells(bug))
        .as(
            "the row of %s in %s, whose %s column is written anew by -Dplanted.rewrite=true",
            bug, TABLE, check.name().toLowerCase(Locale.ROOT))
        .startsWith(bug.name(), bug.breaks())
        .element(check.cell)
        .isEqualTo(found);
  }

  /** Whether the tests write the table rather than read it. */
  public static boolean isRewritten() {
    return Boolean.getBoolean("planted.rewrite");
  }

  private static List<String> cells(PlantedBug bug) throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> line.startsWith(ROW + bug.name() + " |"))
        .findFirst()
        .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList())
        .orElse(List.of(bug.name(), bug.breaks(), NOTHING, NOTHING, NOTHING));
  }

  private static void write(PlantedBug bug, Check check, String found) throws IOException {
    List<String> cells = cells(bug);
    String row =
        Arrays.stream(Check.values())
            .map(each -> each == check ? found : cells.get(each.cell))
            .collect(
                Collectors.joining(" | ", ROW + bug.name() + " | " + bug.breaks() + " | ", " |"));
    List<String> lines = new ArrayList<>(Files.readAllLines(TABLE));
    lines.removeIf(line -> line.startsWith(ROW + bug.name() + " |"));
    int at = lines.indexOf(RULE) + 1;
    while (at < lines.size() && lines.get(at).compareTo(row) < 0 && lines.get(at).startsWith(ROW)) {
      at++;
    }
    lines.add(at, row);
    Files.write(TABLE, lines);
  }
}
