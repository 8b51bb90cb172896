package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mastership.harness.history.Operation;

/**
 * What is known of one key's unanswered operations beforehand. Each that stays open for ever
 * doubles what a search has to look at; few do. Where all that is done to the key are reads, writes
 * and swaps of whole values,
 *
 * <ul>
 *   <li>a write whose value nobody was told can be left out: nothing that came between it and the
 *       next write depended on it. Not so where a swap was refused after it, for want of a value;
 *   <li>a write whose value somebody was told, and that nobody else wrote, took effect before that
 *       answer.
 * </ul>
 *
 * Reads that nobody was told of change nothing anywhere.
 */
final class UnansweredWrites {
  private final KeyHistory history;
  private final Map<JsonNode, Integer> writers = new HashMap<>();

  /** Values that an answer tells, with the first line by which it was told. */
  private final Map<JsonNode, Long> told = new HashMap<>();

  /** Values that an operation needed, answered or not. */
  private final Set<JsonNode> needed = new HashSet<>();

  private long lastRefusal = Long.MIN_VALUE;

  private UnansweredWrites(KeyHistory history) {
    this.history = history;
    writers.put(history.model().initial(), 1);
    history.operations().forEach(this::learn);
  }

  /**
   * When the operations of a key can have taken effect. An operation is left out only if the rest
   * has an order exactly when all have one; an end is given to an unanswered operation only if
   * every order has it before that.
   */
  static List<Call> calls(KeyHistory history) {
    boolean wholeValues =
        history.hasOnly(Action.READ, Action.WRITE, Action.DELETE, Action.COMPARE_AND_SET);
    UnansweredWrites known = wholeValues ? new UnansweredWrites(history) : null;
    List<Call> calls = new ArrayList<>(history.operations().size());
    for (Operation operation : history.operations()) {
      if (operation.isAnswered()) {
        calls.add(Call.of(operation));
      } else if (history.action(operation) != Action.READ) {
        if (known == null) {
          calls.add(Call.of(operation));
        } else {
          known.addWrite(operation, calls);
        }
      }
    }
    return calls;
  }

  private void learn(Operation operation) {
    JsonNode written = history.written(operation);
    if (written != null) {
      writers.merge(written, 1, Integer::sum);
    } else if (history.action(operation) == Action.COMPARE_AND_SET) {
      lastRefusal = Math.max(lastRefusal, operation.completed());
      needed.add(operation.argument().path(0));
    }
    JsonNode shown = history.shown(operation);
    if (shown != null) {
      needed.add(shown);
      if (operation.isAnswered()) {
        told.merge(shown, operation.completed(), Math::min);
      }
    }
  }

  private void addWrite(Operation operation, List<Call> calls) {
    JsonNode value = history.written(operation);
    boolean unique = writers.getOrDefault(value, 0) == 1;
    if (unique && told.containsKey(value)) {
      calls.add(new Call(operation, told.get(value)));
    } else if (needed.contains(value) || lastRefusal > operation.invoked()) {
      calls.add(Call.of(operation));
    }
  }
}
