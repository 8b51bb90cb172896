package org.mastership.harness.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.Reader;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * Reads EDN as far as histories use it, and gives it as JSON: keywords are texts with their colon,
 * vectors, lists and sets are arrays, tags are left out. What is read of one entry is bounded in
 * length and depth.
 */
final class EdnReader implements AutoCloseable {
  private static final int DEEPEST = 100;
  private static final int LONGEST_ATOM = 1_000;
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+N?");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d+)?M?");

  private final Reader in;
  private final int longest;
  private int next;
  private long line = 1;
  private int read;
  private char enclosedTill;
  private boolean begun;

  /** The text is not EDN. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    SyntaxException(String message) {
      super(message);
    }
  }

  EdnReader(Reader in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** The line that was reached. */
  long line() {
    return line;
  }

  /** Goes to the next value of the file, or of the one vector or list in it; false at the end. */
  boolean nextEntry() throws IOException, SyntaxException {
    read = 0;
    if (!begun) {
      begun = true;
      advance();
      skipBlanks();
      if (next == '[' || next == '(') {
        enclosedTill = next == '[' ? ']' : ')';
        advance();
      }
    }
    skipBlanks();
    if (enclosedTill == 0) {
      return next >= 0;
    }
    if (next != enclosedTill) {
      return true;
    }
    advance();
    skipBlanks();
    if (next >= 0) {
      throw new SyntaxException("something follows the closing " + enclosedTill);
    }
    return false;
  }

  /** The value that begins here. */
  JsonNode value() throws IOException, SyntaxException {
    return value(0);
  }

  private JsonNode value(int depth) throws IOException, SyntaxException {
    if (depth > DEEPEST) {
      throw new SyntaxException("nested deeper than " + DEEPEST);
    }
    skipBlanks();
    return switch (next) {
      case -1 -> throw new SyntaxException("the file ends within an entry");
      case '{' -> map(depth);
      case '[' -> sequence(']', depth);
      case '(' -> sequence(')', depth);
      case '"' -> string();
      case '\\' -> character();
      case '#' -> tagged(depth);
      case ']', ')', '}' -> throw new SyntaxException("a value is missing before " + (char) next);
      default -> atom(token());
    };
  }

  private JsonNode map(int depth) throws IOException, SyntaxException {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    advance();
    for (skipBlanks(); next != '}'; skipBlanks()) {
      JsonNode key = value(depth + 1);
      map.set(key.asText(key.toString()), value(depth + 1));
    }
    advance();
    return map;
  }

  private JsonNode sequence(char end, int depth) throws IOException, SyntaxException {
    ArrayNode sequence = JsonNodeFactory.instance.arrayNode();
    advance();
    for (skipBlanks(); next != end; skipBlanks()) {
      sequence.add(value(depth + 1));
    }
    advance();
    return sequence;
  }

  private JsonNode tagged(int depth) throws IOException, SyntaxException {
    advance();
    if (next == '{') {
      return sequence('}', depth);
    }
    if (next == '#') {
      return atom("#" + token());
    }
    if (token().equals("_")) {
      throw new SyntaxException("discarded values, #_, are not understood here");
    }
    return value(depth + 1);
  }

  private JsonNode string() throws IOException, SyntaxException {
    StringBuilder text = new StringBuilder();
    advance();
    while (next != '"') {
      if (next < 0) {
        throw new SyntaxException("a string has no end");
      }
      if (next == '\\') {
        advance();
        text.append(escaped());
      } else {
        text.append((char) next);
      }
      advance();
    }
    advance();
    return TextNode.valueOf(text.toString());
  }

  private char escaped() throws IOException, SyntaxException {
    return switch (next) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\' -> (char) next;
      case 'u' -> unicode();
      default -> throw new SyntaxException("unknown escape \\" + (char) next);
    };
  }

  private char unicode() throws IOException, SyntaxException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      advance();
      int digit = Character.digit(next, 16);
      if (digit < 0) {
        throw new SyntaxException("\\u needs four hexadecimal digits");
      }
      code = 16 * code + digit;
    }
    return (char) code;
  }

  private JsonNode character() throws IOException, SyntaxException {
    advance();
    StringBuilder name = new StringBuilder().append((char) next);
    advance();
    return TextNode.valueOf(name.append(isDelimiter() ? "" : token()).toString());
  }

  private String token() throws IOException, SyntaxException {
    StringBuilder token = new StringBuilder();
    while (!isDelimiter()) {
      token.append((char) next);
      advance();
      if (token.length() > LONGEST_ATOM) {
        throw new SyntaxException("a name or number is longer than " + LONGEST_ATOM);
      }
    }
    if (token.isEmpty()) {
      throw new SyntaxException("unexpected " + (char) next);
    }
    return token.toString();
  }

  private static JsonNode atom(String token) {
    if (WHOLE.matcher(token).matches()) {
      return whole(token.endsWith("N") ? token.substring(0, token.length() - 1) : token);
    }
    if (DECIMAL.matcher(token).matches()) {
      return DoubleNode.valueOf(Double.parseDouble(token.replace("M", "")));
    }
    return switch (token) {
      case "nil" -> NullNode.getInstance();
      case "true", "false" -> BooleanNode.valueOf(token.equals("true"));
      default -> TextNode.valueOf(token);
    };
  }

  private static JsonNode whole(String digits) {
    BigInteger number = new BigInteger(digits);
    return number.bitLength() < Long.SIZE
        ? LongNode.valueOf(number.longValue())
        : BigIntegerNode.valueOf(number);
  }

  /** Skips blanks, commas and comments. */
  private void skipBlanks() throws IOException, SyntaxException {
    boolean comment = next == ';';
    while (next >= 0 && (comment || next == ',' || Character.isWhitespace(next))) {
      comment &= next != '\n';
      advance();
      comment |= next == ';';
    }
  }

  private boolean isDelimiter() {
    return next < 0 || Character.isWhitespace(next) || ",;\"[](){}".indexOf(next) >= 0;
  }

  private void advance() throws IOException, SyntaxException {
    if (++read > longest) {
      throw new SyntaxException("an entry is longer than " + longest + " characters");
    }
    if (next == '\n') {
      line++;
    }
    next = in.read();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
