package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import org.jspecify.annotations.Nullable;

/** What the actions that need more than a line do to a state. */
final class Steps {
  private Steps() {}

  static @Nullable JsonNode compareAndSet(
      JsonNode state, JsonNode argument, @Nullable JsonNode result) {
    boolean matches = argument.path(0).equals(state);
    if (result != null && matches != swapped(result)) {
      return null;
    }
    return matches ? argument.path(1) : state;
  }

  /** Whether the answer of a compare-and-set says that the value was stored. */
  static boolean swapped(JsonNode result) {
    return !(result.isBoolean() && !result.booleanValue());
  }

  /** A key that holds no number refuses; an answer would be the sum. */
  static @Nullable JsonNode add(JsonNode state, JsonNode argument, @Nullable JsonNode sum) {
    if (!state.isNull() && !state.isIntegralNumber()) {
      return sum == null ? state : null;
    }
    LongNode after = LongNode.valueOf(state.longValue() + amount(argument));
    return sum == null || sum.equals(after) ? after : null;
  }

  /** Nothing means one. */
  static boolean isAmount(JsonNode argument) {
    return argument.isNull() || (argument.isIntegralNumber() && argument.canConvertToLong());
  }

  private static long amount(JsonNode argument) {
    return argument.isNull() ? 1 : argument.longValue();
  }

  /** A key that holds no list refuses; an answer would be the length. */
  static @Nullable JsonNode append(JsonNode state, JsonNode element, @Nullable JsonNode length) {
    if (!state.isNull() && !state.isArray()) {
      return length == null ? state : null;
    }
    if (length != null && length.longValue() != state.size() + 1) {
      return null;
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode(state.size() + 1);
    state.forEach(list::add);
    return list.add(element);
  }
}
