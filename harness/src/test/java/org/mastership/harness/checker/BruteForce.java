package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.mastership.harness.history.Operation;

/** Tries every order; nothing is remembered, nothing is clever. */
final class BruteForce {
  private BruteForce() {}

  static boolean isLinearizable(Model model, List<Operation> operations) {
    return search(model, model.initial(), operations);
  }

  private static boolean search(Model model, JsonNode state, List<Operation> left) {
    if (left.stream().noneMatch(Operation::isAnswered)) {
      return true;
    }
    for (Operation next : left) {
      if (left.stream().anyMatch(other -> other.completed() < next.invoked())) {
        continue;
      }
      JsonNode after = model.step(state, next);
      if (after == null) {
        continue;
      }
      List<Operation> rest = new ArrayList<>(left);
      rest.remove(next);
      if (search(model, after, rest)) {
        return true;
      }
    }
    return false;
  }
}
