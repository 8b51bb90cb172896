package org.mastership.harness.checker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.Operation;

/**
 * Decides whether a history is linearizable: whether every operation can have taken effect at one
 * instant between its question and its answer. An operation without an answer may have taken effect
 * at any time after its question, or never. Keys are independent objects, so each is decided alone.
 */
public final class LinearizabilityChecker {
  private final Model model;
  private final Bounds bounds;

  /** A checker for objects of one kind. */
  public LinearizabilityChecker(Model model, Bounds bounds) {
    this.model = model;
    this.bounds = bounds;
  }

  /**
   * The verdict on a history.
   *
   * @param operations by key, in the order of their questions
   */
  public Verdict check(Map<String, List<Operation>> operations) {
    Limit limit = new Limit(bounds);
    Map<String, List<Operation>> orders = new LinkedHashMap<>();
    Verdict.@Nullable Unknown unknown = null;
    for (Map.Entry<String, List<Operation>> each : operations.entrySet()) {
      Verdict verdict = check(each.getKey(), each.getValue(), limit);
      if (verdict instanceof Verdict.NotLinearizable) {
        return verdict;
      }
      if (verdict instanceof Verdict.Linearizable good) {
        orders.putAll(good.orders());
      } else if (verdict instanceof Verdict.Unknown undecided) {
        unknown = undecided;
      }
    }
    return unknown == null ? new Verdict.Linearizable(orders) : unknown;
  }

  private Verdict check(String key, List<Operation> operations, Limit limit) {
    KeyHistory history = KeyHistory.of(model, operations);
    Finding finding =
        UniqueValues.find(history)
            .or(() -> ListOrder.find(history))
            .orElseGet(() -> KeySearch.find(history, limit));
    if (finding instanceof Finding.Order order) {
      return verified(key, operations, order.operations());
    }
    return finding instanceof Finding.Conflict conflict
        ? new Verdict.NotLinearizable(key, conflict.operations(), conflict.reason())
        : new Verdict.Unknown(
            (key.isEmpty() ? "" : "key " + key + ": ") + ((Finding.Undecided) finding).reason());
  }

  private Verdict verified(String key, List<Operation> operations, List<Operation> order) {
    Optional<String> problem = Witness.problem(model, operations, order);
    if (problem.isPresent()) {
      throw new IllegalStateException("the order found for key " + key + ": " + problem.get());
    }
    return new Verdict.Linearizable(Map.of(key, order));
  }
}
