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
 * about.
 */
final class Configuration {
  private final JsonNode state;

  /** By the operations' slots; never changed. */
  private final BitSet taken;

  private final @Nullable Path path;

  /** The operations that have taken effect, the newest first; shared between configurations. */
  private record Path(Operation newest, @Nullable Path before) {}

  private Configuration(JsonNode state, BitSet taken, @Nullable Path path) {
    this.state = state;
    this.taken = taken;
    this.path = path;
  }

  static Configuration start(JsonNode state) {
    return new Configuration(state, new BitSet(), null);
  }

  JsonNode state() {
    return state;
  }

  boolean has(int slot) {
    return taken.get(slot);
  }

  /** The same after an operation has taken effect. */
  Configuration with(int slot, Operation operation, JsonNode after) {
    BitSet more = (BitSet) taken.clone();
    more.set(slot);
    return new Configuration(after, more, new Path(operation, path));
  }

  /** The same after an operation that has taken effect is no longer under way. */
  Configuration without(int slot) {
    BitSet fewer = (BitSet) taken.clone();
    fewer.clear(slot);
    return new Configuration(state, fewer, path);
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Configuration that
        && taken.equals(that.taken)
        && state.equals(that.state);
  }

  @Override
  public int hashCode() {
    return 31 * state.hashCode() + taken.hashCode();
  }
}
