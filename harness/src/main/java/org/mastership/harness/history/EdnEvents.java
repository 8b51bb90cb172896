package org.mastership.harness.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A history as Jepsen writes it: EDN maps, one after the other or in one vector or list. The place
 * of an entry is its line; of several on one line, the lines that follow.
 */
final class EdnEvents implements Events {
  private final EntryCheck check;
  private final EdnReader edn;
  private long place;
  private long line;

  EdnEvents(Path file, InputStream in) {
    check = new EntryCheck(file);
    edn =
        new EdnReader(
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), LONGEST_ENTRY);
  }

  @Override
  public @Nullable Event next() throws IOException {
    try {
      while (edn.nextEntry()) {
        line = edn.line();
        JsonNode entry = edn.value();
        place = Math.max(line, place + 1);
        if (!entry.isObject()) {
          throw check.problem(line, "an entry must be a map, not " + entry);
        }
        if (!entry.path(":process").isTextual()) {
          return event(entry);
        }
      }
      line = edn.line();
      return null;
    } catch (EdnReader.SyntaxException e) {
      throw check.problem(edn.line(), "is not EDN: " + e.getMessage());
    }
  }

  private Event event(JsonNode entry) throws HistoryFormatException {
    JsonNode process = entry.path(":process");
    JsonNode key = entry.path(":key");
    JsonNode value = entry.get(":value");
    return check.event(
        line,
        process.isIntegralNumber() ? (Long) process.longValue() : null,
        name(entry.path(":type")),
        name(entry.path(":f")),
        key.isMissingNode() || key.isNull() ? "" : key.asText(),
        value == null ? NullNode.getInstance() : value,
        entry.path(":time").asLong());
  }

  /** A keyword without its colon. */
  private static @Nullable String name(JsonNode node) {
    if (!node.isTextual()) {
      return null;
    }
    String text = node.textValue();
    return text.startsWith(":") ? text.substring(1) : text;
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public long place() {
    return place;
  }

  @Override
  public void close() throws IOException {
    edn.close();
  }
}
