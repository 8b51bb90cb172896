package org.mastership.harness.history;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A history as one JSON object a line. */
final class JsonLines implements Events {
  /** Loaded where it is needed: it takes a tenth of a second. */
  private static final class Library {
    static final ObjectMapper JSON =
        new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);
  }

  private final LineReader lines;
  private final PlainLine plain =
      new PlainLine("process", "type", "f", "key", "value", "time", "invoke", "ok", "fail", "info");
  private final EntryCheck check;

  /** The fields of the line that is being read. */
  private @Nullable Long process;

  private boolean noClient;
  private @Nullable String type;
  private @Nullable String f;
  private JsonNode key = NullNode.getInstance();
  private JsonNode value = NullNode.getInstance();
  private long timeNanos;

  JsonLines(Path file, InputStream in) {
    check = new EntryCheck(file);
    lines = new LineReader(in, LONGEST_ENTRY);
  }

  @Override
  public @Nullable Event next() throws IOException {
    do {
      if (!lines.take(this::plain) && !nextLine()) {
        return null;
      }
    } while (noClient);
    return check.event(line(), process, type, f, key(), value, timeNanos);
  }

  private int plain(byte[] bytes, int from, int to) {
    forget();
    return plain.read(bytes, from, to, this::field);
  }

  /** Reads the next line that is not blank; false at the end. */
  private boolean nextLine() throws IOException {
    do {
      if (!lines.next()) {
        return false;
      }
    } while (lines.isBlank());
    if (lines.isTooLong()) {
      throw check.problem(line(), "is longer than " + LONGEST_ENTRY + " bytes");
    }
    try {
      parse();
      return true;
    } catch (JacksonException e) {
      if (lines.isCutOff()) {
        return false;
      }
      throw check.problem(line(), "is not JSON: " + e.getOriginalMessage());
    }
  }

  private void parse() throws IOException {
    if (plain(lines.bytes(), 0, lines.length()) != lines.length()) {
      parseByLibrary();
    }
  }

  private void forget() {
    process = null;
    noClient = false;
    type = null;
    f = null;
    key = NullNode.getInstance();
    value = NullNode.getInstance();
    timeNanos = 0;
  }

  private void parseByLibrary() throws IOException {
    forget();
    try (JsonParser parser = Library.JSON.createParser(lines.bytes(), 0, lines.length())) {
      JsonNode entry = Library.JSON.readTree(parser);
      if (!entry.isObject()) {
        throw check.problem(line(), "is not a JSON object");
      }
      if (parser.nextToken() != null) {
        throw check.problem(line(), "has something after its object");
      }
      for (Map.Entry<String, JsonNode> each : entry.properties()) {
        field(each.getKey(), each.getValue());
      }
    }
  }

  private void field(String name, JsonNode content) {
    switch (name) {
      case "process" -> {
        noClient = content.isTextual();
        process =
            content.canConvertToLong() && content.isIntegralNumber() ? content.longValue() : null;
      }
      case "type" -> type = content.textValue();
      case "f" -> f = content.textValue();
      case "key" -> key = content;
      case "value" -> value = content;
      case "time" -> timeNanos = content.isNumber() ? content.longValue() : 0;
      default -> {}
    }
  }

  private String key() throws HistoryFormatException {
    if (key.isContainerNode()) {
      throw check.problem(line(), "'key' must be a string or a number");
    }
    return key.isNull() ? "" : key.asText();
  }

  @Override
  public long line() {
    return lines.number();
  }

  @Override
  public long place() {
    return lines.number();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
