package org.mastership.harness.checker;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.mastership.harness.history.Operation;

/** Whether an order is one that time allows. */
final class RealTime {
  private RealTime() {}

  /**
   * Two operations near each other of which the second was answered before the first was asked.
   *
   * @param shown what is to be shown of the order to explain such a pair
   */
  static Optional<Finding> conflict(
      List<Operation> order, BiFunction<Operation, Operation, List<Operation>> shown) {
    long latest = Long.MIN_VALUE;
    for (int i = 0; i < order.size(); i++) {
      Operation early = order.get(i);
      if (early.completed() < latest) {
        Operation late = order.get(i - 1);
        for (int first = i - 1; late.invoked() < early.completed(); first--) {
          late = order.get(first);
        }
        return Optional.of(new Finding.Conflict(shown.apply(late, early), reason(late, early)));
      }
      latest = Math.max(latest, early.invoked());
    }
    return Optional.empty();
  }

  private static String reason(Operation late, Operation early) {
    return "by what was read, "
        + Finding.name(late)
        + " comes before "
        + Finding.name(early)
        + ", which was answered before that was asked";
  }
}
