package org.mastership.harness.checker;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.mastership.harness.history.Operation;

/** What an algorithm says of one key. */
sealed interface Finding {

  /** An order that explains all answers. */
  record Order(List<Operation> operations) implements Finding {}

  /** No order does, and a few operations show it. */
  record Conflict(List<Operation> operations, String reason) implements Finding {
    /** In the order of their questions, each once. */
    public Conflict {
      operations =
          new LinkedHashSet<>(operations)
              .stream().sorted(Comparator.comparingLong(Operation::invoked)).toList();
    }
  }

  /** A limit was reached. */
  record Undecided(String reason) implements Finding {}

  /** An operation in a sentence. */
  static String name(Operation operation) {
    return operation.f()
        + " of process "
        + operation.process()
        + " (line "
        + (operation.isAnswered() ? operation.completed() : operation.invoked())
        + ")";
  }
}
