package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.Operation;

/**
 * The operations under way at a moment. Those that do the same and may have the same answer are
 * alike: of them the one that ends first takes effect first, as any order in which it does not has
 * one in which they change places.
 */
final class OpenOperations {
  private static final Comparator<OpenOperation> BY_END =
      Comparator.comparingLong((OpenOperation open) -> open.call().end())
          .thenComparingLong(open -> open.call().operation().invoked());

  private final KeyHistory history;
  private final Observable observable;
  private final Map<List<Object>, List<OpenOperation>> pure = new LinkedHashMap<>();
  private final Map<List<Object>, List<OpenOperation>> changing = new LinkedHashMap<>();
  private final Slots required = new Slots();
  private final Slots optional = new Slots();

  /** Numbers in use, as small as possible. */
  private static final class Slots {
    private final PriorityQueue<Integer> free = new PriorityQueue<>();
    private int used;

    int take() {
      Integer again = free.poll();
      return again == null ? used++ : again;
    }

    void giveBack(int slot) {
      free.add(slot);
    }
  }

  OpenOperations(KeyHistory history, Observable observable) {
    this.history = history;
    this.observable = observable;
  }

  OpenOperation begin(Call call) {
    int slot = (call.isOptional() ? optional : required).take();
    OpenOperation open = new OpenOperation(call, history.isPure(call.operation()), slot);
    List<OpenOperation> alike =
        group(open).computeIfAbsent(alike(call.operation()), kind -> new ArrayList<>(1));
    int place = Collections.binarySearch(alike, open, BY_END);
    alike.add(place < 0 ? -place - 1 : place, open);
    return open;
  }

  void end(OpenOperation open) {
    List<Object> kind = alike(open.call().operation());
    List<OpenOperation> alike = group(open).get(kind);
    if (alike != null) {
      alike.remove(open);
      if (alike.isEmpty()) {
        group(open).remove(kind);
      }
    }
    (open.isOptional() ? optional : required).giveBack(open.slot());
  }

  private Map<List<Object>, List<OpenOperation>> group(OpenOperation open) {
    return open.isPure() ? pure : changing;
  }

  /** What operations that are alike have in common. */
  private List<Object> alike(Operation operation) {
    JsonNode result = operation.result();
    return switch (history.action(operation)) {
      case WRITE, DELETE -> List.of(Action.WRITE, as(operation));
      case COMPARE_AND_SET ->
          history.isPure(operation)
              ? List.of(operation.argument().path(0))
              : List.of(Action.COMPARE_AND_SET, operation.argument().path(0), as(operation));
      case ADD, APPEND, CONCATENATE -> List.of(operation.f(), operation.argument());
      case READ, ADD_AND_TELL, APPEND_AND_TELL, OTHER ->
          List.of(operation.f(), operation.argument(), Optional.ofNullable(result));
    };
  }

  private JsonNode as(Operation operation) {
    return observable.representative(Objects.requireNonNull(history.written(operation)));
  }

  /** Operations that can not change a state, those that are alike together. */
  Collection<List<OpenOperation>> pure() {
    return pure.values();
  }

  /** Operations that can, those that are alike together, the first that ends first. */
  Collection<List<OpenOperation>> changing() {
    return changing.values();
  }

  /** The first of operations that are alike that has not taken effect yet. */
  static @Nullable OpenOperation firstLeft(Configuration in, List<OpenOperation> alike) {
    for (OpenOperation each : alike) {
      if (!in.has(each)) {
        return each;
      }
    }
    return null;
  }

  /** Forgets the operations that need not happen and have, in the only configuration there is. */
  Configuration settled(Configuration only) {
    Configuration settled = only;
    for (List<OpenOperation> alike : List.copyOf(changing.values())) {
      for (OpenOperation each : List.copyOf(alike)) {
        if (each.isOptional() && settled.has(each)) {
          settled = settled.without(each);
          end(each);
        }
      }
    }
    return settled;
  }
}
