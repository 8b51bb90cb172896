package org.mastership.harness.history;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A history as one JSON object a line. */
final class JsonLines implements Events {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);
  private static final JsonFactory FACTORY = JSON.getFactory();

  private static final int RECENT_NAMES = 4;

  private static final class Name {
    final String text;
    final char[] characters;

    Name(String text) {
      this.text = text;
      this.characters = text.toCharArray();
    }
  }

  private final LineReader lines;
  private final EntryCheck check;
  private final Map<String, Name> names = new HashMap<>();
  private final Name[] recent = new Name[RECENT_NAMES];
  private int oldest;

  /** The fields of the line that is being read. */
  private @Nullable Long process;

  private boolean noClient;
  private @Nullable String type;
  private @Nullable String f;
  private String key = "";
  private JsonNode value = NullNode.getInstance();
  private long timeNanos;

  JsonLines(Path file, InputStream in) {
    Arrays.fill(recent, new Name(""));
    check = new EntryCheck(file);
    lines = new LineReader(in, LONGEST_ENTRY);
  }

  @Override
  public @Nullable Event next() throws IOException {
    while (lines.next()) {
      if (lines.isTooLong()) {
        throw check.problem(line(), "is longer than " + LONGEST_ENTRY + " bytes");
      }
      if (lines.isBlank()) {
        continue;
      }
      try {
        parse();
      } catch (JacksonException e) {
        if (lines.isCutOff()) {
          return null;
        }
        throw check.problem(line(), "is not JSON: " + e.getOriginalMessage());
      }
      if (!noClient) {
        return check.event(line(), process, type, f, key, value, timeNanos);
      }
    }
    return null;
  }

  private void parse() throws IOException {
    process = null;
    noClient = false;
    type = null;
    f = null;
    key = "";
    value = NullNode.getInstance();
    timeNanos = 0;
    try (JsonParser parser = FACTORY.createParser(lines.bytes(), 0, lines.length())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw check.problem(line(), "is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        field(name, parser.nextToken(), parser);
      }
      if (parser.nextToken() != null) {
        throw check.problem(line(), "has something after its object");
      }
    }
  }

  private void field(String name, JsonToken token, JsonParser parser) throws IOException {
    switch (name) {
      case "process" -> {
        noClient = token == JsonToken.VALUE_STRING;
        process = token == JsonToken.VALUE_NUMBER_INT ? (Long) parser.getLongValue() : null;
      }
      case "type" -> type = text(token, parser);
      case "f" -> f = text(token, parser);
      case "key" -> key = key(token, parser);
      case "value" -> value = value(token, parser);
      case "time" -> timeNanos = token.isNumeric() ? parser.getLongValue() : 0;
      default -> parser.skipChildren();
    }
  }

  private static JsonNode value(JsonToken token, JsonParser parser) throws IOException {
    return switch (token) {
      case VALUE_NULL -> NullNode.getInstance();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? JSON.readTree(parser)
              : LongNode.valueOf(parser.getLongValue());
      default -> JSON.readTree(parser);
    };
  }

  private @Nullable String text(JsonToken token, JsonParser parser) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      parser.skipChildren();
      return null;
    }
    return shared(parser);
  }

  private String key(JsonToken token, JsonParser parser) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return "";
    }
    if (token.isStructStart()) {
      throw check.problem(line(), "'key' must be a string or a number");
    }
    return shared(parser);
  }

  /** One copy of each name: a long history has few, and a line often those of the last. */
  private String shared(JsonParser parser) throws IOException {
    for (Name each : recent) {
      if (isText(parser, each.characters)) {
        return each.text;
      }
    }
    Name name = names.computeIfAbsent(parser.getText(), Name::new);
    recent[oldest] = name;
    oldest = (oldest + 1) % recent.length;
    return name.text;
  }

  private static boolean isText(JsonParser parser, char[] text) throws IOException {
    int from = parser.getTextOffset();
    int to = from + parser.getTextLength();
    return Arrays.equals(parser.getTextCharacters(), from, to, text, 0, text.length);
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
