package org.mastership.node.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers what in a file does not have the shape of a configuration, instead of stopping at it. */
final class Shape extends DeserializationProblemHandler {
  private static final int MOST_MISSPELT_LETTERS = 3;

  private final Problems problems;

  Shape(Problems problems) {
    this.problems = problems;
  }

  /** Finds the keys that do not exist, in what is to become a value of a record. */
  void checkKeys(JsonNode content) {
    checkKeys("", content, ConfigurationFile.class);
  }

  private void checkKeys(String prefix, JsonNode content, Class<?> target) {
    Map<String, RecordComponent> known = new TreeMap<>();
    for (RecordComponent component : target.getRecordComponents()) {
      known.put(keyOf(component), component);
    }
    for (Map.Entry<String, JsonNode> each : content.properties()) {
      RecordComponent component = known.get(each.getKey());
      if (component == null) {
        problems.misread(prefix + each.getKey(), unknown(each.getKey(), known.keySet()));
      } else {
        checkValue(prefix + each.getKey(), each.getValue(), component);
      }
    }
  }

  private void checkValue(String key, JsonNode value, RecordComponent component) {
    if (component.getType().isRecord()) {
      checkKeys(key + ".", value, component.getType());
    } else if (component.getType() == List.class) {
      for (int i = 0; i < value.size(); i++) {
        checkKeys(key + "[" + i + "].", value.path(i), ConfigurationFile.Server.class);
      }
    }
  }

  private static String unknown(String name, Collection<String> known) {
    return known.stream()
        .filter(key -> Spelling.distance(key, name) <= MOST_MISSPELT_LETTERS)
        .min(Comparator.comparingInt(key -> Spelling.distance(key, name)))
        .map(key -> "there is no such key; did you mean '" + key + "'?")
        .orElse("there is no such key; known here: " + String.join(", ", known));
  }

  @Override
  public @Nullable Object handleUnexpectedToken(
      DeserializationContext context,
      JavaType target,
      JsonToken token,
      JsonParser parser,
      String message)
      throws IOException {
    return wrongKind(target.getRawClass(), parser);
  }

  @Override
  public @Nullable Object handleMissingInstantiator(
      DeserializationContext context,
      Class<?> target,
      ValueInstantiator instantiator,
      JsonParser parser,
      String message)
      throws IOException {
    return wrongKind(target, parser);
  }

  private @Nullable Object wrongKind(Class<?> target, JsonParser parser) throws IOException {
    problems.misread(
        KeyLines.key(parser.getParsingContext()),
        found(parser.currentToken()) + " is here, where " + wanted(target) + " belongs");
    parser.skipChildren();
    return null;
  }

  private static String found(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "a group of keys";
      case START_ARRAY -> "a list";
      default -> "a single value";
    };
  }

  private static String wanted(Class<?> target) {
    if (target.isRecord()) {
      List<String> keys =
          Arrays.stream(target.getRecordComponents()).map(Shape::keyOf).sorted().toList();
      return "a group of keys (" + String.join(", ", keys) + ")";
    }
    if (Map.class.isAssignableFrom(target)) {
      return "a group of servers' names";
    }
    return Collection.class.isAssignableFrom(target) ? "a list" : "a single value";
  }

  private static String keyOf(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
