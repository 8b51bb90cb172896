package org.mastership.harness.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes events of what was read, or says what is missing and where. */
final class EntryCheck {
  private final Path file;

  EntryCheck(Path file) {
    this.file = file;
  }

  Event event(
      long line,
      @Nullable Long process,
      @Nullable String type,
      @Nullable String f,
      String key,
      JsonNode value,
      long timeNanos)
      throws HistoryFormatException {
    if (process == null) {
      throw problem(line, "'process' must be a number");
    }
    if (f == null) {
      throw problem(line, "'f' must be a string");
    }
    return new Event(process, type(line, type), f, key, value, timeNanos);
  }

  private Event.Type type(long line, @Nullable String text) throws HistoryFormatException {
    return switch (text == null ? "" : text) {
      case "invoke" -> Event.Type.INVOKE;
      case "ok" -> Event.Type.OK;
      case "fail" -> Event.Type.FAIL;
      case "info" -> Event.Type.INFO;
      default -> throw problem(line, "'type' must be invoke, ok, fail or info, not '" + text + "'");
    };
  }

  HistoryFormatException problem(long line, String problem) {
    return new HistoryFormatException(file, line, problem);
  }
}
