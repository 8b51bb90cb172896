package org.mastership.node.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** On which line of a file each key stands; keys are named like {@code servers[0].name}. */
final class KeyLines {
  private final Map<String, Integer> lines = new HashMap<>();

  /** Reads all of a file. */
  static KeyLines of(JsonParser parser) throws IOException {
    KeyLines keys = new KeyLines();
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      keys.lines.putIfAbsent(
          key(parser.getParsingContext()), parser.currentTokenLocation().getLineNr());
    }
    return keys;
  }

  /** The key that a parser stands at. */
  static String key(JsonStreamContext context) {
    JsonStreamContext parent = context.getParent();
    String before = parent == null ? "" : key(parent);
    if (context.inArray() && context.hasCurrentIndex()) {
      return before + "[" + context.getCurrentIndex() + "]";
    }
    if (context.inObject() && context.getCurrentName() != null) {
      return before.isEmpty() ? context.getCurrentName() : before + "." + context.getCurrentName();
    }
    return before;
  }

  /** The line of a key; 0 where the file does not have it. */
  int line(String key) {
    return lines.getOrDefault(key, 0);
  }

  /** Whether the file has nothing but comments. */
  boolean isEmpty() {
    return lines.isEmpty();
  }
}
