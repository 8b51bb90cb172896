package org.mastership.harness.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads histories, as JSON lines or as Jepsen's EDN, and puts questions and answers together. Only
 * the operations are kept, not the text.
 */
public final class HistoryReader {
  private final Check check;
  private final boolean independent;

  /** Says what is wrong with an entry, if anything. */
  public interface Check {
    /**
     * What is wrong.
     *
     * @param question what was asked
     * @param event the question itself, or its answer
     */
    Optional<String> problem(Event question, Event event);
  }

  /** Is told the entries of a history in the order of real time. */
  public interface Listener {
    /** A process asks. */
    void asked(Question question);

    /** What a process asked has happened, as the entry at this place says. */
    void answered(Question question, Event answer, long place);

    /** What a process asked may take effect at any later time, or never. */
    void unanswered(Question question);
  }

  private HistoryReader(Check check, boolean independent) {
    this.check = check;
    this.independent = independent;
  }

  /** A reader that takes every operation as it is. */
  public static HistoryReader plain() {
    return new HistoryReader((question, event) -> Optional.empty(), false);
  }

  /** A reader that refuses entries in which something is wrong, with what this says of them. */
  public HistoryReader checkedBy(Check check) {
    return new HistoryReader(check, independent);
  }

  /**
   * A reader of histories in which each value is a pair of a key and the value, as Jepsen's tests
   * of independent keys write them.
   */
  public HistoryReader ofPairs() {
    return new HistoryReader(check, true);
  }

  /**
   * The operations of a history, all taken as they are.
   *
   * @see #byKey
   */
  public static Map<String, List<Operation>> operations(Path file) throws IOException {
    return plain().byKey(file);
  }

  /**
   * The operations of a history by their key, each list in the order of the questions. Operations
   * that had no effect are left out. A last line that was cut off is ignored.
   *
   * @throws HistoryFormatException if the file is not a history
   * @throws IOException if the file can not be read
   */
  public Map<String, List<Operation>> byKey(Path file) throws IOException {
    Operations operations = new Operations();
    read(file, operations);
    return operations.sorted();
  }

  /**
   * Tells a history. Nothing of it is kept but what is under way.
   *
   * @throws HistoryFormatException if the file is not a history
   * @throws IOException if the file can not be read
   */
  public void read(Path file, Listener listener) throws IOException {
    try (Events events = Events.open(file)) {
      new Reading(file, events, listener).read();
    }
  }

  /** One history that is being read. */
  private final class Reading {
    private final Path file;
    private final Events events;
    private final Listener listener;
    private final Map<Long, Question> open = new HashMap<>();

    Reading(Path file, Events events, Listener listener) {
      this.file = file;
      this.events = events;
      this.listener = listener;
    }

    void read() throws IOException {
      for (Event event = events.next(); event != null; event = events.next()) {
        Event single = independent ? unpaired(event) : event;
        if (single.type() == Event.Type.INVOKE) {
          asked(single);
        } else {
          ended(single);
        }
      }
      open.values().forEach(listener::unanswered);
    }

    private void asked(Event event) throws HistoryFormatException {
      refuse(check.problem(event, event));
      Question question = new Question(event, events.place());
      Question before = open.putIfAbsent(event.process(), question);
      if (before != null) {
        throw problem(
            "process "
                + event.process()
                + " still waits for its question of line "
                + before.place());
      }
      listener.asked(question);
    }

    private void ended(Event event) throws HistoryFormatException {
      Question question = open.remove(event.process());
      if (question == null || !question.event().f().equals(event.f())) {
        throw problem("process " + event.process() + " has not asked " + event.f());
      }
      switch (event.type()) {
        case OK -> {
          refuse(check.problem(question.event(), event));
          listener.answered(question, event, events.place());
        }
        case INFO -> listener.unanswered(question);
        default -> {}
      }
    }

    private Event unpaired(Event event) throws HistoryFormatException {
      JsonNode pair = event.value();
      if (!pair.isArray() || pair.size() != 2) {
        throw problem("'value' must be a pair of a key and its value, not " + pair);
      }
      return new Event(
          event.process(),
          event.type(),
          event.f(),
          pair.get(0).asText(),
          pair.get(1),
          event.timeNanos());
    }

    private void refuse(Optional<String> problem) throws HistoryFormatException {
      if (problem.isPresent()) {
        throw problem(problem.get());
      }
    }

    private HistoryFormatException problem(String problem) {
      return new HistoryFormatException(file, events.line(), problem);
    }
  }

  /** Collects what is to be judged. */
  private static final class Operations implements Listener {
    private final Map<String, List<Operation>> byKey = new LinkedHashMap<>();

    @Override
    public void asked(Question question) {}

    @Override
    public void answered(Question question, Event answer, long place) {
      keep(question.answered(answer.value(), place));
    }

    @Override
    public void unanswered(Question question) {
      keep(question.unanswered());
    }

    private void keep(Operation operation) {
      byKey.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation);
    }

    Map<String, List<Operation>> sorted() {
      byKey.values().forEach(list -> list.sort(Comparator.comparingLong(Operation::invoked)));
      return byKey;
    }
  }
}
