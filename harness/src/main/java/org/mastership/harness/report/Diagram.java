package org.mastership.harness.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operations of an explanation, each with where it began and ended: lines of the history, or
 * readings of the clock. Lines are in the order of real time, too.
 */
record Diagram(List<Bar> bars) {
  private static final Pattern OPERATION =
      Pattern.compile(
          "process (\\d{1,18}): (.*?)\\s+\\((?:lines (\\d{1,18}) to (\\d{1,18})|from line (\\d{1,18}))\\)");
  private static final Pattern MASTERSHIP =
      Pattern.compile("(\\S+) (was master with token \\d+) between (\\d{1,18}) and (\\d{1,18})");

  /**
   * One of them.
   *
   * @param row who
   * @param text what
   * @param from where it began
   * @param to where it ended; nothing if it never did
   */
  record Bar(String row, String text, long from, OptionalLong to) {}

  Diagram {
    bars = List.copyOf(bars);
  }

  /** Of the lines of an explanation; nothing where one of them is no operation. */
  static Optional<Diagram> of(List<String> explanation) {
    List<Bar> bars = new ArrayList<>();
    for (String line : explanation) {
      bar(line).ifPresent(bars::add);
    }
    boolean whole = !bars.isEmpty() && bars.size() == explanation.size();
    return whole ? Optional.of(new Diagram(bars)) : Optional.empty();
  }

  private static Optional<Bar> bar(String line) {
    Matcher operation = OPERATION.matcher(line);
    if (operation.matches()) {
      boolean ended = operation.group(3) != null;
      return Optional.of(
          new Bar(
              "process " + operation.group(1),
              operation.group(2),
              Long.parseLong(operation.group(ended ? 3 : 5)),
              ended ? OptionalLong.of(Long.parseLong(operation.group(4))) : OptionalLong.empty()));
    }
    Matcher mastership = MASTERSHIP.matcher(line);
    return mastership.matches()
        ? Optional.of(
            new Bar(
                mastership.group(1),
                mastership.group(2),
                Long.parseLong(mastership.group(3)),
                OptionalLong.of(Long.parseLong(mastership.group(4)))))
        : Optional.empty();
  }
}
