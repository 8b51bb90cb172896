package org.mastership.node.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
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
import org.jspecify.annotations.Nullable;

/** Gathers what in a file does not have the shape of a configuration, instead of stopping at it. */
final class Shape extends DeserializationProblemHandler {
  private static final int MOST_MISSPELT_LETTERS = 3;

  private final Problems problems;

  Shape(Problems problems) {
    this.problems = problems;
  }

  @Override
  public boolean handleUnknownProperty(
      DeserializationContext context,
      JsonParser parser,
      JsonDeserializer<?> deserializer,
      Object beanOrClass,
      String name)
      throws IOException {
    Collection<Object> known = deserializer.getKnownPropertyNames();
    List<String> keys = known == null ? List.of() : known.stream().map(String::valueOf).toList();
    problems.misread(keyOf(name, parser), unknown(name, keys));
    parser.skipChildren();
    return true;
  }

  /** The parser may already stand within the value of the key. */
  private static String keyOf(String name, JsonParser parser) {
    JsonStreamContext context = parser.getParsingContext();
    while (context != null && !(context.inObject() && name.equals(context.getCurrentName()))) {
      context = context.getParent();
    }
    return context == null ? name : KeyLines.key(context);
  }

  private static String unknown(String name, List<String> known) {
    return known.stream()
        .filter(key -> Spelling.distance(key, name) <= MOST_MISSPELT_LETTERS)
        .min(Comparator.comparingInt(key -> Spelling.distance(key, name)))
        .map(key -> "there is no such key; did you mean '" + key + "'?")
        .orElse("there is no such key; known here: " + String.join(", ", sorted(known)));
  }

  private static List<String> sorted(List<String> names) {
    return names.stream().sorted().toList();
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
