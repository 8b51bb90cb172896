package org.mastership.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A counterexample as a sequence diagram in Mermaid. An arrow is drawn where a message arrives;
 * what changes a server without one is a note. It wants a variable {@code role} with the role of
 * each server, and {@code net} with the messages under way; {@code known} or {@code epoch} is shown
 * too.
 */
public final class Diagram {
  private static final String TICK = "Tick";

  private final List<String> lines = new ArrayList<>();
  private final List<TracedState> trace;
  private int servers;
  private int ticks;

  private Diagram(List<TracedState> trace) {
    this.trace = trace;
  }

  /** The diagram's text, without the fence around it. */
  public static String of(List<TracedState> trace) {
    return new Diagram(trace).text();
  }

  private String text() {
    List<?> roles = list(trace.get(0), "role");
    servers = roles.size();
    lines.add("sequenceDiagram");
    for (int i = 1; i <= servers; i++) {
      lines.add("  participant S" + i + " as server " + i);
    }
    for (int i = 1; i <= servers; i++) {
      if (roles.get(i - 1).equals("MASTER")) {
        lines.add("  Note over S" + i + ": MASTER " + epoch(trace.get(0), i));
      }
    }
    for (int i = 1; i < trace.size(); i++) {
      step(trace.get(i - 1), trace.get(i));
    }
    passTime();
    return String.join("\n", lines) + "\n";
  }

  private void step(TracedState before, TracedState after) {
    if (after.action().equals(TICK)) {
      ticks++;
      return;
    }
    passTime();
    arrows(before, after);
    int noted = lines.size();
    for (int i = 1; i <= servers; i++) {
      Object role = list(after, "role").get(i - 1);
      if (!role.equals(list(before, "role").get(i - 1))) {
        lines.add(
            "  Note over S" + i + ": " + after.action() + ", " + role + " " + epoch(after, i));
      }
    }
    if (lines.size() == noted) {
      lines.add("  Note over " + where(before, after) + ": " + after.action() + cut(before, after));
    }
  }

  private void passTime() {
    if (ticks > 0) {
      String passed = ticks == 1 ? "1 tick passes" : ticks + " ticks pass";
      lines.add("  Note over " + everybody() + ": " + passed);
      ticks = 0;
    }
  }

  private void arrows(TracedState before, TracedState after) {
    Set<Object> gone = new LinkedHashSet<>((Set<?>) value(before, "net"));
    gone.removeAll((Set<?>) value(after, "net"));
    boolean lost = Set.of("Lose", "Crash", "Cut", "Restart").contains(after.action());
    for (Object message : gone) {
      Map<?, ?> fields = (Map<?, ?>) message;
      Object epoch = Objects.requireNonNull(fields.get("epoch"));
      String between = "S" + fields.get("from") + (lost ? "--x" : "->>") + "S" + fields.get("to");
      lines.add("  " + between + ": " + fields.get("type") + " " + pair(epoch));
    }
  }

  /** The servers of which something changed, as Mermaid names them. */
  private String where(TracedState before, TracedState after) {
    for (int i = 1; i <= servers; i++) {
      for (String name : after.variables().keySet()) {
        if (value(after, name) instanceof List<?> now
            && value(before, name) instanceof List<?> then
            && now.size() == servers
            && !now.get(i - 1).equals(then.get(i - 1))) {
          return "S" + i;
        }
      }
    }
    Set<Object> sent = new LinkedHashSet<>((Set<?>) value(after, "net"));
    sent.removeAll((Set<?>) value(before, "net"));
    for (Object message : sent) {
      return "S" + ((Map<?, ?>) message).get("from");
    }
    return everybody();
  }

  private static String cut(TracedState before, TracedState after) {
    String now = after.variables().get("cut");
    return now == null || now.equals(before.variables().get("cut")) ? "" : " " + now;
  }

  private String everybody() {
    return "S1,S" + servers;
  }

  private static String epoch(TracedState state, int server) {
    String name = state.variables().containsKey("known") ? "known" : "epoch";
    return pair(list(state, name).get(server - 1));
  }

  private static String pair(Object epoch) {
    List<?> parts = (List<?>) epoch;
    return "(" + parts.get(0) + ", " + parts.get(1) + ")";
  }

  private static List<?> list(TracedState state, String name) {
    return (List<?>) value(state, name);
  }

  private static Object value(TracedState state, String name) {
    String text = state.variables().get(name);
    if (text == null) {
      throw new IllegalArgumentException("a diagram wants the variable " + name);
    }
    return TlaText.value(text);
  }
}
