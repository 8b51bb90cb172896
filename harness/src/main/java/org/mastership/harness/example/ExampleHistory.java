package org.mastership.harness.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.Event;
import org.mastership.harness.history.EventWriter;

/**
 * Makes a history by doing what it tells: processes ask at random, each operation takes effect at
 * one instant while its process waits, and some answers get lost; those operations take effect
 * then, later, or never. So it is linearizable, unless a violation was asked for. The same settings
 * make the same history.
 */
public final class ExampleHistory {
  private final Settings settings;
  private final Random random;
  private final EventWriter out;
  private final Map<String, ExampleObject> objects = new HashMap<>();
  private final List<Asked> idleOrAsked = new ArrayList<>();

  /** Operations whose answer was lost, and that may still take effect. */
  private final List<Asked> lost = new ArrayList<>();

  private long asked;
  private long line;
  private boolean violated;

  /**
   * What kind of history.
   *
   * @param kind of the objects
   * @param operations how many are asked
   * @param processes how many ask, each one thing at a time
   * @param keys how many objects
   * @param lostPercent how many answers get lost
   * @param values how many different ones are written; 0 for none twice
   * @param violation whether one answer is wrong, about in the middle
   * @param seed of all choices
   */
  public record Settings(
      Kind kind,
      long operations,
      int processes,
      int keys,
      int lostPercent,
      int values,
      boolean violation,
      long seed) {}

  /** Kinds of objects. */
  public enum Kind {
    /** Is read and written. */
    REGISTER,
    /** Is read and written, and swapped. */
    CAS_REGISTER,
    /** Is read and added to. */
    COUNTER,
    /** Is read and appended to. */
    LIST_APPEND,
    /** A group of servers, which are the processes. */
    MASTERSHIP
  }

  /** A process, and what it waits for. */
  private static final class Asked {
    final long process;
    String key = "";
    String f = "";
    JsonNode argument = NullNode.getInstance();
    Phase phase = Phase.IDLE;

    /** An answer that was right long before it was asked; null for none. */
    @Nullable JsonNode stale;

    ExampleObject.Answer answer = ExampleObject.Answer.NONE;

    Asked(long process) {
      this.process = process;
    }
  }

  private enum Phase {
    IDLE,
    ASKED,
    DONE
  }

  private ExampleHistory(Settings settings, EventWriter out) {
    this.settings = settings;
    this.random = new Random(settings.seed());
    this.out = out;
    for (long process = 0; process < settings.processes(); process++) {
      idleOrAsked.add(new Asked(process));
    }
  }

  /** Writes a history, as JSON lines. */
  public static void write(Settings settings, Path file) throws IOException {
    try (EventWriter out = new EventWriter(file)) {
      new ExampleHistory(settings, out).run();
    }
  }

  private void run() throws IOException {
    int waiting = 0;
    while (asked < settings.operations() || waiting > 0) {
      Asked each = idleOrAsked.get(random.nextInt(idleOrAsked.size()));
      switch (each.phase) {
        case IDLE -> waiting += asked < settings.operations() ? ask(each) : 0;
        case ASKED -> waiting -= takeEffectOrLoseTheAnswer(each);
        case DONE -> waiting -= answer(each);
      }
      if (!lost.isEmpty() && random.nextInt(4 * settings.processes()) == 0) {
        apply(lost.remove(random.nextInt(lost.size())));
      }
    }
  }

  private int ask(Asked by) throws IOException {
    asked++;
    by.key = settings.keys() == 1 ? "" : "k" + random.nextInt(settings.keys());
    ExampleObject.Question question = object(by.key).question(random, by.process);
    by.f = question.f();
    by.argument = question.argument();
    boolean late = 2 * asked > settings.operations();
    by.stale = settings.violation() && late ? object(by.key).stale(by.f) : null;
    by.phase = Phase.ASKED;
    write(by, Event.Type.INVOKE, by.argument);
    return 1;
  }

  private int takeEffectOrLoseTheAnswer(Asked by) throws IOException {
    if (random.nextInt(100) >= settings.lostPercent()) {
      by.answer = apply(by);
      by.phase = Phase.DONE;
      return 0;
    }
    if (random.nextBoolean()) {
      Asked copy = new Asked(by.process);
      copy.key = by.key;
      copy.f = by.f;
      copy.argument = by.argument;
      lost.add(copy);
    }
    by.phase = Phase.IDLE;
    write(by, Event.Type.INFO, NullNode.getInstance());
    return 1;
  }

  private ExampleObject.Answer apply(Asked by) {
    return object(by.key).apply(by.process, by.f, by.argument);
  }

  private int answer(Asked by) throws IOException {
    by.phase = Phase.IDLE;
    JsonNode result = by.answer.result();
    if (!violated && by.stale != null) {
      result = by.stale;
      violated = true;
    }
    if (!by.answer.refused() && !by.argument.isNull()) {
      object(by.key).changed(by.argument);
    }
    write(by, by.answer.refused() ? Event.Type.FAIL : Event.Type.OK, result);
    return 1;
  }

  private ExampleObject object(String key) {
    return objects.computeIfAbsent(key, each -> ExampleObject.of(settings, key));
  }

  private void write(Asked by, Event.Type type, JsonNode value) throws IOException {
    out.write(new Event(by.process, type, by.f, by.key, value, 1_000 * ++line));
  }
}
