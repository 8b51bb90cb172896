package org.mastership.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The results of runs as a table in Markdown, a row a model. A table that exists is kept up to
 * date: rows of models that were not run again stay.
 */
public final class ResultTable {
  private static final Pattern ROW =
      Pattern.compile("\\| `(\\w+)` \\(.*\\| ([\\d,]+) \\| ([\\d.]+) \\|");
  private static final String HEAD =
      """
      # What TLC checked

      Made from the runs by `spec/bin/mastership-spec check --large --results spec/RESULTS.md`. Of a model that must fail the table has the
      property that TLC finds violated and the number of states of the shortest counterexample.

      | model | what is checked | module | bounds | must come | distinct states | seconds |
      | --- | --- | --- | --- | --- | ---: | ---: |
      """;

  private final SortedMap<String, String> rows = new TreeMap<>();

  /**
   * A table to go on with.
   *
   * @param file with a table; need not exist
   * @param models the models that there are; rows of others are dropped
   */
  public static ResultTable read(Path file, List<Model> models) throws IOException {
    ResultTable table = new ResultTable();
    if (Files.exists(file)) {
      List<String> names = models.stream().map(Model::name).toList();
      for (String line : Files.readAllLines(file)) {
        Matcher row = ROW.matcher(line);
        if (row.matches() && names.contains(row.group(1))) {
          table.rows.put(row.group(1), line);
        }
      }
    }
    return table;
  }

  /** Adds one run, in place of an earlier one of the model. */
  public void add(Model model, Outcome outcome) {
    String figures =
        String.format(
            Locale.ROOT,
            " %,d | %.1f |",
            outcome.counts().distinct(),
            outcome.counts().took().toMillis() / 1000.0);
    rows.put(model.name(), row(model) + figures);
  }

  /** What the table says of a model before the figures that only a run can give. */
  static String row(Model model) {
    String expected =
        model.expected().holds()
            ? "all holds"
            : "`"
                + model.expected().violated()
                + "` fails, "
                + model.length().orElse(0)
                + " states";
    return String.format(
        Locale.ROOT,
        "| `%s` (%s) | %s | `%s` | %s | %s |",
        model.name(),
        model.size().name().toLowerCase(Locale.ROOT),
        cell(model.says()),
        model.module(),
        cell(model.bounds()),
        expected);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  /** The table. */
  public String text() {
    long distinct = 0;
    double seconds = 0;
    for (String line : rows.values()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        distinct += Long.parseLong(row.group(2).replace(",", ""));
        seconds += Double.parseDouble(row.group(3));
      }
    }
    String sum =
        String.format(
            Locale.ROOT,
            "%n%nTogether: %d models, %,d distinct states, %.1f minutes.%n",
            rows.size(),
            distinct,
            seconds / 60);
    return HEAD + String.join("\n", rows.values()) + sum;
  }
}
