package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.Event;
import org.mastership.harness.history.Operation;

/** The models that the harness brings. */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes a state: it is a value
public enum KnownModel implements Model {
  /** {@code read} and {@code write}; null at first. */
  REGISTER(NullNode.getInstance(), Map.of("read", Action.READ, "write", Action.WRITE)),

  /** {@code read}, {@code write} and {@code cas}; null at first. */
  CAS_REGISTER(
      NullNode.getInstance(),
      Map.of("read", Action.READ, "write", Action.WRITE, "cas", Action.COMPARE_AND_SET)),

  /** Texts: {@code get}, {@code put} and {@code append}; empty at first. */
  KV(
      TextNode.valueOf(""),
      Map.of("get", Action.READ, "put", Action.WRITE, "append", Action.CONCATENATE)),

  /** {@code read} and {@code incr}, whose argument is added, and whose answer tells nothing. */
  COUNTER(LongNode.valueOf(0), Map.of("read", Action.READ, "incr", Action.ADD)),

  /** {@code read} and {@code append} of an element, whose answer tells nothing; empty at first. */
  LIST_APPEND(
      JsonNodeFactory.instance.arrayNode(), Map.of("read", Action.READ, "append", Action.APPEND)),

  /**
   * The group's own key-value service; absent, which is JSON's null, at first. {@code incr} tells
   * the sum, {@code append} the list's length; a key of another kind refuses both.
   */
  SERVICE(
      NullNode.getInstance(),
      Map.of(
          "get",
          Action.READ,
          "put",
          Action.WRITE,
          "delete",
          Action.DELETE,
          "cas",
          Action.COMPARE_AND_SET,
          "incr",
          Action.ADD_AND_TELL,
          "append",
          Action.APPEND_AND_TELL));

  private final JsonNode initial;
  private final Map<String, Action> actions;

  KnownModel(JsonNode initial, Map<String, Action> actions) {
    this.initial = initial;
    this.actions = actions;
  }

  @Override
  public JsonNode initial() {
    return initial;
  }

  @Override
  public Action action(String f) {
    return actions.getOrDefault(f, Action.OTHER);
  }

  @Override
  public @Nullable JsonNode step(JsonNode state, Operation operation) {
    JsonNode argument = operation.argument();
    JsonNode result = operation.result();
    return switch (action(operation.f())) {
      case READ -> result == null || isShownAs(state, result) ? state : null;
      case WRITE -> argument;
      case DELETE -> NullNode.getInstance();
      case COMPARE_AND_SET -> Steps.compareAndSet(state, argument, result);
      case ADD -> Steps.add(state, argument, null);
      case ADD_AND_TELL -> Steps.add(state, argument, result);
      case APPEND -> Steps.append(state, argument, null);
      case APPEND_AND_TELL -> Steps.append(state, argument, result);
      case CONCATENATE -> TextNode.valueOf(state.textValue() + argument.textValue());
      case OTHER ->
          throw new IllegalArgumentException(
              "the model " + this + " has no operation " + operation.f());
    };
  }

  /** A list that is empty may be told as nothing. */
  private boolean isShownAs(JsonNode state, JsonNode result) {
    return result.equals(state) || (this == LIST_APPEND && result.isNull() && state.isEmpty());
  }

  /**
   * What is wrong with an entry of a history of such objects, if anything.
   *
   * @param question what was asked
   * @param event the question itself, or its answer
   */
  public Optional<String> problem(Event question, Event event) {
    JsonNode value = event.value();
    boolean asks = event.type() == Event.Type.INVOKE;
    String needed =
        switch (action(question.f())) {
          case READ -> asks || isState(value) ? null : "tells " + stateName();
          case WRITE -> !asks || isState(value) ? null : "has " + stateName();
          case COMPARE_AND_SET ->
              !asks || (value.isArray() && value.size() == 2)
                  ? null
                  : "has [the expected value, the new one]";
          case ADD, ADD_AND_TELL -> !asks || Steps.isAmount(value) ? null : "has a whole number";
          case CONCATENATE -> !asks || value.isTextual() ? null : "has a text";
          case DELETE, APPEND, APPEND_AND_TELL -> null;
          case OTHER -> "";
        };
    if (needed == null) {
      return Optional.empty();
    }
    return Optional.of(
        needed.isEmpty()
            ? "the model " + this + " has " + new TreeSet<>(actions.keySet()) + ", not " + event.f()
            : "'value' of '" + event.f() + "' " + needed + ", not " + value);
  }

  private boolean isState(JsonNode value) {
    return switch (this) {
      case KV -> value.isTextual();
      case COUNTER -> value.isIntegralNumber();
      case LIST_APPEND -> value.isArray() || value.isNull();
      default -> true;
    };
  }

  private String stateName() {
    return switch (this) {
      case KV -> "a text";
      case COUNTER -> "a whole number";
      default -> "a list";
    };
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
