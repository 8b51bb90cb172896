package org.mastership.harness.history;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a history and puts questions and answers together. */
public final class HistoryReader {
  private static final ObjectReader JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readerFor(JsonNode.class);

  private final Path file;
  private final Map<Long, Open> open = new HashMap<>();
  private final Map<String, List<Operation>> operations = new LinkedHashMap<>();
  private long line;

  private record Open(Event question, long line) {}

  private HistoryReader(Path file) {
    this.file = file;
  }

  /**
   * The operations of a history by their key, each list in the order of the questions. Operations
   * that had no effect are left out. A last line that was cut off is ignored.
   *
   * @throws HistoryFormatException if the file is not a history
   * @throws IOException if the file can not be read
   */
  public static Map<String, List<Operation>> operations(Path file) throws IOException {
    return new HistoryReader(file).read();
  }

  private Map<String, List<Operation>> read() throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String text = reader.readLine();
      while (text != null) {
        line++;
        String next = reader.readLine();
        if (!text.isBlank()) {
          accept(text, next == null);
        }
        text = next;
      }
    }
    for (Open each : open.values()) {
      unanswered(each);
    }
    for (List<Operation> list : operations.values()) {
      list.sort((a, b) -> Long.compare(a.invoked(), b.invoked()));
    }
    return operations;
  }

  private void accept(String text, boolean last) throws HistoryFormatException {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JacksonException e) {
      if (last) {
        return;
      }
      throw problem("is not JSON: " + e.getOriginalMessage());
    }
    accept(event(node));
  }

  private void accept(Event event) throws HistoryFormatException {
    Open question = open.get(event.process());
    if (event.type() == Event.Type.INVOKE) {
      if (question != null) {
        throw problem(
            "process "
                + event.process()
                + " still waits for its question of line "
                + question.line);
      }
      open.put(event.process(), new Open(event, line));
      return;
    }
    if (question == null || !question.question.f().equals(event.f())) {
      throw problem("process " + event.process() + " has not asked " + event.f());
    }
    open.remove(event.process());
    switch (event.type()) {
      case OK -> keep(question, event.value(), line);
      case INFO -> unanswered(question);
      default -> {}
    }
  }

  private void unanswered(Open question) {
    keep(question, null, Operation.NEVER);
  }

  private void keep(Open open, @Nullable JsonNode result, long completed) {
    Event question = open.question;
    operations
        .computeIfAbsent(question.key(), key -> new ArrayList<>())
        .add(
            new Operation(
                question.process(),
                question.f(),
                question.key(),
                question.value(),
                result,
                open.line,
                completed,
                question.timeNanos()));
  }

  private Event event(JsonNode node) throws HistoryFormatException {
    JsonNode process = node.path("process");
    JsonNode f = node.path("f");
    JsonNode key = node.path("key");
    JsonNode value = node.get("value");
    if (!process.isIntegralNumber()) {
      throw problem("'process' must be a number");
    }
    if (!f.isTextual()) {
      throw problem("'f' must be a string");
    }
    return new Event(
        process.longValue(),
        type(node.path("type").asText()),
        f.textValue().intern(),
        key.isMissingNode() || key.isNull() ? "" : key.asText(),
        value == null ? NullNode.getInstance() : value,
        node.path("time").asLong());
  }

  private Event.Type type(String text) throws HistoryFormatException {
    for (Event.Type type : Event.Type.values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(text)) {
        return type;
      }
    }
    throw problem("'type' must be invoke, ok, fail or info, not '" + text + "'");
  }

  private HistoryFormatException problem(String problem) {
    return new HistoryFormatException(file, line, problem);
  }
}
