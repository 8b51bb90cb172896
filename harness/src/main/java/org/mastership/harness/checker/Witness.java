package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mastership.harness.history.Operation;

/** Verifies an order that a search found, independently of how it was found. */
public final class Witness {
  private Witness() {}

  /**
   * What is wrong with an order of one key's operations; empty if it explains all answers.
   *
   * @param model of the key
   * @param operations all of the key
   * @param order the order that is claimed
   */
  public static Optional<String> problem(
      Model model, List<Operation> operations, List<Operation> order) {
    Set<Operation> missing = new HashSet<>(operations);
    JsonNode state = model.initial();
    long latestQuestion = Long.MIN_VALUE;
    for (Operation operation : order) {
      if (!missing.remove(operation)) {
        return Optional.of("twice, or not in the history: " + operation.text());
      }
      if (operation.completed() < latestQuestion) {
        return Optional.of("was answered before an earlier one was asked: " + operation.text());
      }
      latestQuestion = Math.max(latestQuestion, operation.invoked());
      JsonNode after = model.step(state, operation);
      if (after == null) {
        return Optional.of("has another answer in state " + state + ": " + operation.text());
      }
      state = after;
    }
    return missing.stream()
        .filter(Operation::isAnswered)
        .findAny()
        .map(operation -> "answered, and not in the order: " + operation.text());
  }
}
