package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.Operation;

/**
 * One key's operations in the order of their questions, with what their model says they do.
 *
 * @param model of the key
 * @param operations all of it
 * @param actions that occur
 */
record KeyHistory(Model model, List<Operation> operations, Set<Action> actions) {

  static KeyHistory of(Model model, List<Operation> operations) {
    Set<Action> actions = EnumSet.noneOf(Action.class);
    operations.forEach(operation -> actions.add(model.action(operation.f())));
    return new KeyHistory(model, operations, actions);
  }

  Action action(Operation operation) {
    return model.action(operation.f());
  }

  /** Whether nothing else is done to the key than these. */
  boolean hasOnly(Action first, Action... others) {
    return EnumSet.of(first, others).containsAll(actions);
  }

  /** Whether the operation can not change any state: a read, or a swap that found another value. */
  boolean isPure(Operation operation) {
    return switch (action(operation)) {
      case READ -> true;
      case COMPARE_AND_SET -> operation.result() != null && !Steps.swapped(operation.result());
      default -> false;
    };
  }

  /** The value that an operation makes the state, if it makes one the state at all. */
  @Nullable JsonNode written(Operation operation) {
    return switch (action(operation)) {
      case WRITE -> operation.argument();
      case DELETE -> NullNode.getInstance();
      case COMPARE_AND_SET -> isPure(operation) ? null : operation.argument().path(1);
      default -> null;
    };
  }

  /** The state that an operation finds if it has an effect, where it tells; null elsewhere. */
  @Nullable JsonNode shown(Operation operation) {
    return switch (action(operation)) {
      case READ -> operation.result();
      case COMPARE_AND_SET -> isPure(operation) ? null : operation.argument().path(0);
      default -> null;
    };
  }

  /**
   * Whether an operation's answer may show that another has taken effect. For explanations only.
   */
  boolean mayShow(Operation answered, Operation effect) {
    JsonNode shown = shown(answered);
    return switch (action(effect)) {
      case READ -> false;
      case WRITE, DELETE, COMPARE_AND_SET ->
          hasOnly(Action.READ, Action.WRITE, Action.DELETE, Action.COMPARE_AND_SET)
              ? shown != null && shown.equals(written(effect))
              : shown != null;
      case APPEND, APPEND_AND_TELL -> shown == null || contains(shown, effect.argument());
      case CONCATENATE -> shown != null && shown.asText().contains(effect.argument().asText());
      case ADD, ADD_AND_TELL, OTHER -> true;
    };
  }

  /** Whether no answer tells that it was this operation that had an effect, and not another. */
  boolean isAnonymous(Operation operation) {
    return switch (action(operation)) {
      case ADD, ADD_AND_TELL, OTHER -> true;
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
