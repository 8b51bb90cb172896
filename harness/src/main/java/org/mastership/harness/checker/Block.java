package org.mastership.harness.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.Operation;

/**
 * Operations that follow each other with nothing between them in every order: a write, the reads of
 * its value, a swap from it, the reads of the swap's value, and so on. The block of the initial
 * value has no write; it has begun before all else.
 *
 * <p>Its place in time: every order has all of it after what was answered before its latest
 * question, and before what was asked after its earliest answer.
 */
final class Block {
  private final KeyHistory history;
  private final boolean initial;
  private final List<Operation> order = new ArrayList<>();
  private @Nullable Operation firstEnd;
  private @Nullable Operation lastBegin;

  Block(KeyHistory history, boolean initial) {
    this.history = history;
    this.initial = initial;
  }

  void add(Operation operation) {
    order.add(operation);
    if (firstEnd == null || operation.completed() < firstEnd.completed()) {
      firstEnd = operation;
    }
    if (lastBegin == null || operation.invoked() > lastBegin.invoked()) {
      lastBegin = operation;
    }
  }

  List<Operation> order() {
    return order;
  }

  /** By this line it has begun to take effect. */
  long end() {
    return initial || firstEnd == null ? 0 : firstEnd.completed();
  }

  /** Not before this line has all of it taken effect. */
  long begin() {
    return lastBegin == null ? 0 : lastBegin.invoked();
  }

  /** Two of its operations whose order in time is not theirs in the block. */
  Optional<Finding> conflictWithin() {
    return RealTime.conflict(order, this::section);
  }

  /**
   * That neither of two blocks can come first.
   *
   * @param other not the block of the initial value
   */
  Finding conflictWith(Block other) {
    List<Operation> shown = new ArrayList<>(zone());
    shown.addAll(other.zone());
    return new Finding.Conflict(
        shown,
        initial
            ? "what was there at first can not come back, but " + other.precedes(this)
            : "what has one value comes before or after what has the other, but "
                + precedes(other)
                + ", and "
                + other.precedes(this));
  }

  private String precedes(Block other) {
    if (firstEnd == null || other.lastBegin == null) {
      throw new IllegalStateException("an empty block contradicts nothing");
    }
    return Finding.name(firstEnd)
        + " was answered before "
        + Finding.name(other.lastBegin)
        + " was asked";
  }

  private List<Operation> zone() {
    if (firstEnd == null || lastBegin == null) {
      return List.of();
    }
    return initial ? section(order.get(0), lastBegin) : section(firstEnd, lastBegin);
  }

  /** Two operations and what binds them together: the writes and swaps of and between them. */
  private List<Operation> section(Operation one, Operation other) {
    int from = Math.min(order.indexOf(one), order.indexOf(other));
    int to = Math.max(order.indexOf(one), order.indexOf(other));
    while (from > 0 && history.written(order.get(from)) == null) {
      from--;
    }
    List<Operation> section = new ArrayList<>();
    for (Operation each : order.subList(from, to + 1)) {
      if (history.written(each) != null || each.equals(one) || each.equals(other)) {
        section.add(each);
      }
    }
    return section;
  }
}
