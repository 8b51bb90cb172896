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
  private Detail detail = Detail.ALL;

  /** How much is written. */
  enum Detail {
    /** Every transition that did something. */
    ALL,
    /** Changes of the mastership only. */
    CHANGES,
    /** Nothing. */
    NONE
  }

  Detail detail() {
    return detail;
  }

  /** From now on this much is written. */
  void detail(Detail wanted) {
    detail = wanted;
  }

  List<String> take() {
    List<String> taken = new ArrayList<>(lines);
    lines.clear();
    return taken;
  }

  /** The names of everything that was written: rules, messages, inputs, effects and so on. */
  Set<String> seen() {
    return seen;
  }

  void step(int server, long now, Input input, Step step) {
    List<Effect> effects =
        detail == Detail.CHANGES
            ? step.effects().stream().filter(Effect.Report.class::isInstance).toList()
            : step.effects();
    boolean nothingDone = effects.isEmpty() && (detail == Detail.CHANGES || step.rules().isEmpty());
    if (detail == Detail.NONE || nothingDone) {
      return;
    }
    note(input, step.rules(), effects);
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

  private void note(Input input, List<Rule> rules, List<Effect> effects) {
    rules.forEach(rule -> seen.add(rule.name()));
    seen.add(input.getClass().getSimpleName());
    if (input instanceof Input.Received received) {
      seen.add(received.message().getClass().getSimpleName());
    }
    for (Effect effect : effects) {
      seen.add(effect.getClass().getSimpleName());
      if (effect instanceof Effect.Report report) {
        seen.add(report.change().name());
        seen.add(report.reason().name());
      }
    }
  }

  void lost(int from, int to, Message message) {
    if (detail == Detail.ALL) {
      lines.add("    lost from " + from + " to " + to + ": " + text(message));
    }
  }

  void status(int number, long now, State state, Deadline next) {
    seen.add(state.role().name());
    seen.add(next.reason().name());
    lines.add(
        String.format(
                Locale.ROOT,
                "%d  %-8s %-4s %-22s highest %-4s last %-6s committed %d  then %s %s",
                number,
                state.role(),
                state.isMaster(now) ? "yes" : "no",
                state.mastership(),
                state.highest(),
                state.log().last(),
                state.committed(),
                next.reason(),
                next.atNanos() == Long.MAX_VALUE ? "" : millis(next.atNanos()))
            + ranking(state.mastership().ranking()));
  }

  private static String ranking(Ranking ranking) {
    return ranking.isConfigured() ? "" : "  indexes " + ranking;
  }

  void down(int number) {
    lines.add(number + "  down");
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
        .replace("[]", "")
        .replace(", ranking=as configured", "")
        .replaceAll(", electionDelay=0ms(, roundTrips=)?(?=]|, ranking)", "");
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e6).replaceAll("\\.?0+$", "") + "ms";
  }
}
