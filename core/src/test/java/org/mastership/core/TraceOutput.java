package org.mastership.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the servers of a trace do, as lines of text with times in milliseconds. */
final class TraceOutput {
  private static final Pattern STAMP =
      Pattern.compile("Stamp\\[incarnation=(\\d+), nanos=(-?\\d+)]");
  private static final Pattern NANOS = Pattern.compile("([a-zA-Z]*)Nanos=(-?\\d+)");
  private static final Pattern MASTERSHIP =
      Pattern.compile("mastership=(?:master \\d+ in epoch )?");

  private final List<String> lines = new ArrayList<>();
  private final Set<String> seen = new TreeSet<>();
  private boolean changesOnly;

  /** Only changes of the mastership are written from now on, or everything. */
  void changesOnly(boolean only) {
    changesOnly = only;
  }

  List<String> take() {
    List<String> taken = new ArrayList<>(lines);
    lines.clear();
    return taken;
  }

  /** The names of all rules, messages, inputs and effects that were written. */
  Set<String> seen() {
    return seen;
  }

  void step(int server, long now, Input input, Step step) {
    List<Effect> effects =
        changesOnly
            ? step.effects().stream().filter(Effect.Report.class::isInstance).toList()
            : step.effects();
    note(input, step);
    if (changesOnly ? effects.isEmpty() : step.rules().isEmpty() && effects.isEmpty()) {
      return;
    }
    lines.add(
        millis(now)
            + " server "
            + server
            + " "
            + text(input)
            + " "
            + step.rules().stream().map(Rule::name).collect(Collectors.joining(" ", "[", "]")));
    for (Effect effect : effects) {
      lines.add("    " + text(effect));
    }
  }

  private void note(Input input, Step step) {
    step.rules().forEach(rule -> seen.add(rule.name()));
    seen.add(input.getClass().getSimpleName());
    if (input instanceof Input.Received received) {
      seen.add(received.message().getClass().getSimpleName());
    }
    step.effects().forEach(effect -> seen.add(effect.getClass().getSimpleName()));
  }

  void lost(int from, int to, Message message) {
    if (!changesOnly) {
      lines.add("    lost from " + from + " to " + to + ": " + text(message));
    }
  }

  void status(int number, long now, boolean up, State state) {
    lines.add(
        up
            ? String.format(
                Locale.ROOT,
                "%d  %-8s %-4s %-22s highest %-4s last %-6s committed %d",
                number,
                state.role(),
                state.isMaster(now) ? "yes" : "no",
                state.mastership(),
                state.highest(),
                state.log().last(),
                state.committed())
            : number + "  down");
  }

  private static String text(Input input) {
    return input instanceof Input.Received received
        ? "hears " + received.from() + ": " + text(received.message())
        : text((Object) input);
  }

  private static String text(Effect effect) {
    return effect instanceof Effect.Send send
        ? "to " + send.to() + ": " + text(send.message())
        : text((Object) effect);
  }

  private static String text(Object value) {
    String text = value.toString();
    text = MASTERSHIP.matcher(text).replaceAll("");
    text =
        STAMP
            .matcher(text)
            .replaceAll(match -> millis(Long.parseLong(match.group(2))) + "/" + match.group(1));
    Matcher nanos = NANOS.matcher(text);
    return nanos
        .replaceAll(match -> match.group(1) + "=" + millis(Long.parseLong(match.group(2))))
        .replace("[]", "");
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e6).replaceAll("\\.?0+$", "") + "ms";
  }
}
