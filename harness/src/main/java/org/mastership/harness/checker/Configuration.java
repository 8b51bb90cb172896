package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.Operation;

/**
 * One way in which things may stand at a moment: a state of the model, and which of the operations
 * under way have taken effect. Two that agree in these have the same future, however they came
 * about. Never changed.
 */
final class Configuration {
  private final JsonNode state;

  /** By their slots: operations that must take effect some time, and have. */
  private final BitSet required;

  /** By their slots: operations that need not, and have. */
  private final BitSet optional;

  private final @Nullable Path path;

  /** The operations that have taken effect, the newest first; shared between configurations. */
  private record Path(Operation newest, @Nullable Path before) {}

  /** What two configurations of which one may be as good as the other have in common. */
  record Kind(JsonNode state, BitSet required) {}

  private Configuration(JsonNode state, BitSet required, BitSet optional, @Nullable Path path) {
    this.state = state;
    this.required = required;
    this.optional = optional;
    this.path = path;
  }

  static Configuration start(JsonNode state) {
    return new Configuration(state, new BitSet(), new BitSet(), null);
  }

  JsonNode state() {
    return state;
  }

  Kind kind() {
    return new Kind(state, required);
  }

  boolean has(OpenOperation operation) {
    return (operation.isOptional() ? optional : required).get(operation.slot());
  }

  /** The same after an operation has taken effect. */
  Configuration with(OpenOperation operation, JsonNode after) {
    BitSet more = (BitSet) (operation.isOptional() ? optional : required).clone();
    more.set(operation.slot());
    Path longer = new Path(operation.call().operation(), path);
    return operation.isOptional()
        ? new Configuration(after, required, more, longer)
        : new Configuration(after, more, optional, longer);
  }

  /** The same after an operation that has taken effect is no longer under way. */
  Configuration without(OpenOperation operation) {
    BitSet fewer = (BitSet) (operation.isOptional() ? optional : required).clone();
    fewer.clear(operation.slot());
    return operation.isOptional()
        ? new Configuration(state, required, fewer, path)
        : new Configuration(state, fewer, optional, path);
  }

  /** Whether operations under way have taken effect that need not have. */
  boolean usesOptional() {
    return !optional.isEmpty();
  }

  /** Whether this one used no optional operation that another of its kind did not use. */
  boolean isAsGoodAs(Configuration other) {
    if (optional.cardinality() > other.optional.cardinality()) {
      return false;
    }
    BitSet extra = (BitSet) optional.clone();
    extra.andNot(other.optional);
    return extra.isEmpty();
  }

  /** The operations that have taken effect, in order. */
  List<Operation> order() {
    List<Operation> order = new ArrayList<>();
    for (Path each = path; each != null; each = each.before) {
      order.add(each.newest);
    }
    Collections.reverse(order);
    return order;
  }
}
