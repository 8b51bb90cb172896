package org.mastership.harness.campaign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * What came of all runs with the same ground, guarantee and faults.
 *
 * @param runs how many there were; one that was interrupted is none, unless it shows a violation
 * @param availableInFaults the worst share of windows with an answer during faults, in percent
 * @param availableOutside the same outside of faults
 * @param medianFailoverMillis the middle one of the runs' medians
 * @param worstFailoverMillis the longest of all
 */
public record Row(
    String ground,
    String guarantee,
    String faults,
    int runs,
    int clean,
    OptionalDouble availableInFaults,
    OptionalDouble availableOutside,
    OptionalDouble medianFailoverMillis,
    OptionalDouble worstFailoverMillis) {

  /** The rows of a campaign, in the order of their first runs. */
  static List<Row> of(List<Outcome> outcomes) {
    Map<List<String>, List<Outcome>> groups = new LinkedHashMap<>();
    for (Outcome each : outcomes) {
      if (each.verdict() != Outcome.Verdict.INTERRUPTED) {
        String ground = each.run().settings().ground().toString();
        List<String> key = List.of(ground, each.run().guarantee(), each.run().faults());
        groups.computeIfAbsent(key, none -> new ArrayList<>()).add(each);
      }
    }
    return groups.entrySet().stream().map(group -> row(group.getKey(), group.getValue())).toList();
  }

  private static Row row(List<String> key, List<Outcome> outcomes) {
    double[] medians = figures(outcomes, "failover ms, median").sorted().toArray();
    return new Row(
        key.get(0),
        key.get(1),
        key.get(2),
        outcomes.size(),
        (int) outcomes.stream().filter(each -> !each.isBad()).count(),
        figures(outcomes, "availability % during faults").min(),
        figures(outcomes, "availability % outside faults").min(),
        medians.length == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(medians[medians.length / 2]),
        figures(outcomes, "failover ms, worst").max());
  }

  private static DoubleStream figures(List<Outcome> outcomes, String name) {
    return outcomes.stream().map(each -> each.figure(name)).flatMapToDouble(OptionalDouble::stream);
  }

  /** A table for people. */
  static List<String> lines(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(columns("", "", "", "", "", "answered", "answered", "failover", "failover"));
    lines.add(
        columns(
            "ground",
            "guarantee",
            "faults",
            "runs",
            "clean",
            "in, worst",
            "out, worst",
            "median",
            "worst"));
    rows.forEach(row -> lines.add(row.line()));
    return lines;
  }

  private String line() {
    return columns(
        ground,
        guarantee,
        faults,
        runs,
        clean,
        text(availableInFaults, "%.1f %%"),
        text(availableOutside, "%.1f %%"),
        text(medianFailoverMillis, "%.0f ms"),
        text(worstFailoverMillis, "%.0f ms"));
  }

  private static String columns(Object... values) {
    return String.format(Locale.ROOT, "%-11s %-10s %-15s %5s %6s  %10s %10s  %9s %9s", values)
        .stripTrailing();
  }

  static String text(OptionalDouble value, String format) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "-";
  }
}
