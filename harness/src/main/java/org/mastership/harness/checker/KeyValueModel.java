package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.Operation;

/**
 * One key of the key-value service; absent, which is JSON's null, at first.
 *
 * <ul>
 *   <li>{@code get}: the result is the value
 *   <li>{@code put}: the argument is the value; any result
 *   <li>{@code delete}: any result
 *   <li>{@code cas}: the argument is {@code [expected, value]}; the result {@code false} says that
 *       another value was there, any other result that the value was stored
 *   <li>{@code incr}: the argument is what is added to the number; the result is the sum
 *   <li>{@code append}: the argument becomes the list's last element; the result is the list's
 *       length
 * </ul>
 */
public final class KeyValueModel implements Model {
  private static final JsonNode ABSENT = NullNode.getInstance();

  @Override
  public JsonNode initial() {
    return ABSENT;
  }

  @Override
  public @Nullable JsonNode step(JsonNode state, Operation operation) {
    JsonNode result = operation.result();
    JsonNode argument = operation.argument();
    return switch (operation.f()) {
      case "get" -> result == null || result.equals(state) ? state : null;
      case "put" -> argument;
      case "delete" -> ABSENT;
      case "cas" -> compareAndSet(state, argument, result);
      case "incr" -> increment(state, argument.longValue(), result);
      case "append" -> append(state, argument, result);
      default ->
          throw new IllegalArgumentException("the model kv has no operation " + operation.f());
    };
  }

  private static @Nullable JsonNode compareAndSet(
      JsonNode state, JsonNode argument, @Nullable JsonNode result) {
    boolean matches = argument.path(0).equals(state);
    if (result != null && matches != swapped(result)) {
      return null;
    }
    return matches ? argument.path(1) : state;
  }

  static boolean swapped(JsonNode result) {
    return !(result.isBoolean() && !result.booleanValue());
  }

  private static @Nullable JsonNode increment(JsonNode state, long by, @Nullable JsonNode result) {
    if (!state.isNull() && !state.isIntegralNumber()) {
      return result == null ? state : null;
    }
    LongNode sum = LongNode.valueOf(state.longValue() + by);
    return result == null || result.equals(sum) ? sum : null;
  }

  private static @Nullable JsonNode append(
      JsonNode state, JsonNode element, @Nullable JsonNode result) {
    if (!state.isNull() && !state.isArray()) {
      return result == null ? state : null;
    }
    if (result != null && result.longValue() != state.size() + 1) {
      return null;
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode(state.size() + 1);
    state.forEach(list::add);
    return list.add(element);
  }

  @Override
  public List<Call> calls(List<Operation> operations) {
    return new UnansweredWrites(operations).calls();
  }

  @Override
  public boolean mayShow(Operation answered, Operation effect) {
    JsonNode seen =
        switch (answered.f()) {
          case "get" -> answered.result();
          case "cas" -> answered.argument().path(0);
          default -> null;
        };
    return switch (effect.f()) {
      case "put" -> effect.argument().equals(seen);
      case "delete" -> ABSENT.equals(seen);
      case "cas" -> effect.argument().path(1).equals(seen);
      case "append" ->
          seen == null ? !answered.f().equals("put") : contains(seen, effect.argument());
      case "incr" -> !answered.f().equals("put");
      default -> false;
    };
  }

  private static boolean contains(JsonNode list, JsonNode element) {
    for (JsonNode each : list) {
      if (each.equals(element)) {
        return true;
      }
    }
    return false;
  }
}
