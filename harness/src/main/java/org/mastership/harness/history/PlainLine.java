package org.mastership.harness.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines that most of a long history consists of: an object of integers, of short texts in
 * ASCII without escapes, of nulls, and of arrays of these. What is anything else it leaves to the
 * JSON library, which says the same of these lines, but takes several times as long.
 */
final class PlainLine {
  private static final int SHARED_TEXTS = 1 << 10;
  private static final int LONGEST_TEXT = 64;
  private static final int MOST_DIGITS = 18;

  /** Is told the fields of an object in their order. */
  interface Fields {
    /** A field. */
    void field(String name, JsonNode value);
  }

  private static final class Text {
    final byte[] bytes;
    final TextNode node;

    Text(byte[] bytes, String text) {
      this.bytes = bytes;
      this.node = TextNode.valueOf(text);
    }

    boolean is(byte[] line, int from, int to) {
      return Arrays.equals(bytes, 0, bytes.length, line, from, to);
    }
  }

  /** One copy of each text that lately occurred: a long history has few different ones. */
  private final Text[] texts = new Text[SHARED_TEXTS];

  private byte[] line = new byte[0];
  private int end;
  private int position;

  /**
   * @param likely texts, of which these very strings are told: to compare them costs nothing then
   */
  PlainLine(String... likely) {
    Arrays.fill(texts, new Text(new byte[0], ""));
    for (String each : likely) {
      byte[] bytes = each.getBytes(StandardCharsets.US_ASCII);
      texts[slot(bytes, 0, bytes.length)] = new Text(bytes, each);
    }
  }

  /**
   * Reads a line.
   *
   * @param bytes of the line, from one place on to another, and perhaps of more lines
   * @return the place at which the line's object and the blanks behind it end; -1 if it is not
   *     plain, when it can be that some of its fields were told
   */
  int read(byte[] bytes, int from, int to, Fields fields) {
    line = bytes;
    position = from;
    end = to;
    if (!skip('{')) {
      return -1;
    }
    do {
      TextNode name = text();
      if (name == null || !skip(':')) {
        return -1;
      }
      JsonNode value = value();
      if (value == null) {
        return -1;
      }
      fields.field(name.textValue(), value);
    } while (skip(','));
    if (!skip('}')) {
      return -1;
    }
    next();
    return position;
  }

  /** The next character that is not blank; -1 at the end. */
  private int next() {
    while (position < end && (line[position] == ' ' || line[position] == '\r')) {
      position++;
    }
    return position < end ? line[position] : -1;
  }

  private boolean skip(char expected) {
    boolean found = next() == expected;
    position += found ? 1 : 0;
    return found;
  }

  private @Nullable JsonNode value() {
    return switch (next()) {
      case '"' -> text();
      case 'n' -> nothing();
      case '[' -> array();
      default -> number();
    };
  }

  private @Nullable JsonNode array() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    position++;
    if (skip(']')) {
      return array;
    }
    do {
      JsonNode element = next() == '[' ? null : value(); // depth has a bound in the library only
      if (element == null) {
        return null;
      }
      array.add(element);
    } while (skip(','));
    return skip(']') ? array : null;
  }

  private @Nullable JsonNode nothing() {
    boolean found =
        end - position >= 4
            && line[position + 1] == 'u'
            && line[position + 2] == 'l'
            && line[position + 3] == 'l';
    position += 4;
    return found ? NullNode.getInstance() : null;
  }

  private @Nullable JsonNode number() {
    boolean negative = skip('-');
    int from = position;
    int to = from;
    long number = 0;
    for (; to < end && line[to] >= '0' && line[to] <= '9'; to++) {
      number = 10 * number + line[to] - '0';
    }
    position = to;
    int digits = to - from;
    boolean beginsWithZero = digits > 0 && line[from] == '0';
    if (digits == 0 || digits > MOST_DIGITS || (beginsWithZero && (negative || digits > 1))) {
      return null;
    }
    return LongNode.valueOf(negative ? -number : number);
  }

  private @Nullable TextNode text() {
    if (!skip('"')) {
      return null;
    }
    int from = position;
    int to = from;
    for (; to < end && line[to] != '"'; to++) {
      if (line[to] < ' ' || line[to] == '\\') {
        return null;
      }
    }
    position = to + 1;
    return to < end && to - from <= LONGEST_TEXT ? shared(from, to) : null;
  }

  private TextNode shared(int from, int to) {
    int slot = slot(line, from, to);
    Text known = texts[slot];
    if (!known.is(line, from, to)) {
      byte[] bytes = Arrays.copyOfRange(line, from, to);
      known = new Text(bytes, new String(bytes, StandardCharsets.US_ASCII));
      texts[slot] = known;
    }
    return known.node;
  }

  private static int slot(byte[] bytes, int from, int to) {
    if (from == to) {
      return 0;
    }
    int mixed = 31 * (31 * bytes[from] + bytes[(from + to) / 2]) + bytes[to - 1];
    return 31 * mixed + to - from & SHARED_TEXTS - 1;
  }
}
