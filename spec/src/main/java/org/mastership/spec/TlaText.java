package org.mastership.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a value as TLC writes it: numbers, truth values, strings, tuples (as lists), records and
 * functions (as maps), sets. What is none of these, a model value, becomes its name.
 */
public final class TlaText {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(<<|>>|\\|->|:>|@@|[\\[\\]{}(),]|\"[^\"]*\"|-?\\d+|\\w+)");

  private final List<String> tokens = new ArrayList<>();
  private int next;

  private TlaText(String text) {
    Matcher token = TOKEN.matcher(text);
    int end = 0;
    while (token.lookingAt()) {
      tokens.add(token.group(1));
      end = token.end();
      token.region(end, text.length());
    }
    if (!text.substring(end).isBlank()) {
      throw new IllegalArgumentException("no value as TLC writes it: " + text);
    }
  }

  public static Object value(String text) {
    TlaText reader = new TlaText(text);
    Object value = reader.value();
    if (reader.next != reader.tokens.size()) {
      throw new IllegalArgumentException("more than one value: " + text);
    }
    return value;
  }

  private Object value() {
    String token = take();
    return switch (token) {
      case "<<" -> listTo(">>");
      case "{" -> Set.copyOf(new LinkedHashSet<>(listTo("}")));
      case "[" -> record();
      case "(" -> function();
      case "TRUE", "FALSE" -> token.equals("TRUE");
      default -> plain(token);
    };
  }

  private static Object plain(String token) {
    if (token.startsWith("\"")) {
      return token.substring(1, token.length() - 1);
    }
    return token.matches("-?\\d+") ? Long.valueOf(token) : token;
  }

  private List<Object> listTo(String end) {
    List<Object> values = new ArrayList<>();
    while (!peek().equals(end)) {
      values.add(value());
      skip(",");
    }
    take();
    return values;
  }

  private Map<Object, Object> record() {
    Map<Object, Object> fields = new LinkedHashMap<>();
    while (!peek().equals("]")) {
      String name = take();
      take();
      fields.put(name, value());
      skip(",");
    }
    take();
    return fields;
  }

  private Map<Object, Object> function() {
    Map<Object, Object> values = new LinkedHashMap<>();
    while (!peek().equals(")")) {
      Object argument = value();
      take();
      values.put(argument, value());
      skip("@@");
    }
    take();
    return values;
  }

  private void skip(String token) {
    if (peek().equals(token)) {
      take();
    }
  }

  private String peek() {
    if (next == tokens.size()) {
      throw new IllegalArgumentException("the value ends too early after " + tokens);
    }
    return tokens.get(next);
  }

  private String take() {
    String token = peek();
    next++;
    return token;
  }
}
