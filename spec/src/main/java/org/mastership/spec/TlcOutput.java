package org.mastership.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what TLC writes when it marks each message with its code ({@code -tool}). */
final class TlcOutput {
  private static final Pattern MESSAGE =
      Pattern.compile(
          "@!@!@STARTMSG (\\d+):(\\d) @!@!@\\n(.*?)\\n?@!@!@ENDMSG \\1 @!@!@", Pattern.DOTALL);
  private static final Pattern STATES =
      Pattern.compile("([\\d,]+) states generated.*?([\\d,]+) distinct states found");
  private static final Pattern STATE =
      Pattern.compile("(\\d+): <(\\w+)[^>]*>\\n(.*)", Pattern.DOTALL);
  private static final Pattern ACTION = Pattern.compile("<(\\w+)[^>]*>: (\\d+):(\\d+)");
  private static final Pattern REACHED = Pattern.compile("(?m)^<<\"reached\", \"(\\w+)\">>$");
  private static final Pattern VARIABLE = Pattern.compile("(?m)^(?:/\\\\ )?(\\w+) = ");
  private static final int WARNING = 3;

  private final Map<String, Long> actions = new TreeMap<>();
  private final List<TracedState> trace = new ArrayList<>();
  private int loopsTo;
  private Outcome.End end = Outcome.End.FAILED;
  private String about = "";
  private long distinct;
  private long generated;
  private long depth;

  private TlcOutput() {}

  static Outcome read(String output, Duration took, Path folder) {
    TlcOutput reader = new TlcOutput();
    Matcher message = MESSAGE.matcher(output);
    while (message.find()) {
      reader.take(
          Integer.parseInt(message.group(1)), Integer.parseInt(message.group(2)), message.group(3));
    }
    Set<String> reached = new TreeSet<>();
    Matcher seen = REACHED.matcher(output);
    while (seen.find()) {
      reached.add(seen.group(1));
    }
    return new Outcome(
        reader.end,
        reader.about,
        new Outcome.Counts(reader.distinct, reader.generated, reader.depth, took),
        reader.actions,
        reached,
        reader.trace,
        reader.loopsTo,
        folder);
  }

  /** The codes are those of TLC's class EC. */
  private void take(int code, int severity, String text) {
    switch (code) {
      case 2193 -> end = Outcome.End.HOLDS;
      case 2107 -> violatedAtOnce(text);
      case 2110 -> violated("Invariant (\\w+)", text);
      case 2108, 2112 -> violated("(?:Property|Action property) (\\w+)", text);
      case 2114 -> violated("(Deadlock)", text);
      case 2116 -> violated("(Temporal)", text);
      case 2217 -> state(text);
      case 2122 -> loopsTo = Integer.parseInt(text.substring(0, text.indexOf(':')));
      case 2218 -> loopsTo = trace.size();
      case 2201 -> actions.clear();
      case 2772 -> action(text);
      case 2199, 2200 -> states(text);
      case 2194 -> depth = Long.parseLong(text.replaceAll("\\D", ""));
      case 3002 -> wrong(Outcome.End.UNREADABLE, text);
      default -> {
        if (severity > 0 && severity < WARNING && end == Outcome.End.FAILED) {
          wrong(Outcome.End.FAILED, text);
        }
      }
    }
  }

  private void violated(String pattern, String text) {
    Matcher name = Pattern.compile(pattern).matcher(text);
    end = Outcome.End.VIOLATED;
    about = name.find() ? name.group(1) : text.strip();
  }

  private void violatedAtOnce(String text) {
    violated("Invariant (\\w+)", text);
    trace.add(new TracedState("Init", variables(text.substring(text.indexOf('\n') + 1).strip())));
  }

  private void wrong(Outcome.End how, String text) {
    end = how;
    about = (about.isEmpty() ? "" : about + " ") + text.strip();
  }

  private void states(String text) {
    Matcher numbers = STATES.matcher(text);
    if (numbers.find()) {
      generated = Long.parseLong(numbers.group(1).replace(",", ""));
      distinct = Long.parseLong(numbers.group(2).replace(",", ""));
    }
  }

  private void action(String text) {
    Matcher line = ACTION.matcher(text);
    if (line.find()) {
      actions.merge(line.group(1), Long.parseLong(line.group(3)), Long::sum);
    }
  }

  private void state(String text) {
    Matcher state = STATE.matcher(text);
    if (state.find()) {
      String action = state.group(2);
      trace.add(
          new TracedState(
              action.equals("Initial") ? "Init" : action, variables(state.group(3).strip())));
    }
  }

  private static Map<String, String> variables(String text) {
    Map<String, String> values = new TreeMap<>();
    Matcher start = VARIABLE.matcher(text);
    String name = "";
    int from = 0;
    while (start.find()) {
      if (!name.isEmpty()) {
        values.put(name, text.substring(from, start.start()).strip());
      }
      name = start.group(1);
      from = start.end();
    }
    values.put(name, text.substring(from).strip());
    return values;
  }
}
