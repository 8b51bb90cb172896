package org.mastership.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results of runs as a table in Markdown. */
public final class ResultTable {
  private static final String HEAD =
      "# What TLC checked\n\n"
          + "Made from the runs by `spec/bin/mastership-spec check --large --results spec/RESULTS.md`."
          + " A model that must fail\nstands with the property that TLC finds violated and the number"
          + " of states of the shortest counterexample.\n\n"
          + "| model | what is checked | module | bounds | must come | distinct states | seconds |\n"
          + "| --- | --- | --- | --- | --- | ---: | ---: |\n";

  private final List<String> rows = new ArrayList<>();
  private long distinct;
  private long millis;

  /** Adds one run. */
  public void add(Model model, Outcome outcome) {
    rows.add(
        row(model)
            + String.format(
                Locale.ROOT,
                " %,d | %.1f |",
                outcome.counts().distinct(),
                outcome.counts().took().toMillis() / 1000.0));
    distinct += outcome.counts().distinct();
    millis += outcome.counts().took().toMillis();
  }

  /** What the table says of a model before the figures that differ from run to run. */
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
    return HEAD
        + String.join("\n", rows)
        + String.format(
            Locale.ROOT,
            "%n%nTogether: %d models, %,d distinct states, %.1f minutes.%n",
            rows.size(),
            distinct,
            millis / 60_000.0);
  }
}
