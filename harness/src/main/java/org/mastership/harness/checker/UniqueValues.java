package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.Operation;

/**
 * Decides a register in which no value is written twice, in time n log n (Gibbons and Korach). Each
 * answer then tells which write it saw. A write and the reads of its value follow each other with
 * no other write between; so does a swap follow the reads of the value that it found. Such blocks
 * have an order if no two of them contradict each other.
 *
 * <p>A swap that was refused tells only which value was not there. Without those an order may not
 * exist, and then none exists with them; if one exists, nothing is decided.
 */
final class UniqueValues {
  private final KeyHistory history;
  private final JsonNode initial;
  private final Map<JsonNode, Operation> writers = new HashMap<>();
  private final Map<JsonNode, Cluster> clusters = new LinkedHashMap<>();

  /** Values that must have been there, with an operation that shows it. */
  private final Map<JsonNode, Operation> shownBy = new HashMap<>();

  /** The operations of one value. */
  private static final class Cluster {
    final List<Operation> reads = new ArrayList<>();
    @Nullable Operation writer;

    /** The one that found this value and stored another. */
    @Nullable Operation swap;
  }

  private UniqueValues(KeyHistory history) {
    this.history = history;
    this.initial = history.model().initial();
  }

  /** The finding; none where values are written twice, or swaps were refused and may matter. */
  static Optional<Finding> find(KeyHistory history) {
    UniqueValues values = new UniqueValues(history);
    if (!history.hasOnly(Action.READ, Action.WRITE, Action.DELETE, Action.COMPARE_AND_SET)
        || !values.areUnique()) {
      return Optional.empty();
    }
    Finding finding = values.find();
    if (finding instanceof Finding.Conflict conflict) {
      return Optional.of(values.withEvidence(conflict));
    }
    boolean refusals = history.operations().stream().anyMatch(values::isRefusal);
    return refusals ? Optional.empty() : Optional.of(finding);
  }

  /** Adds what shows that unanswered operations took effect. */
  private Finding withEvidence(Finding.Conflict conflict) {
    Set<Operation> shown = new HashSet<>(conflict.operations());
    Deque<Operation> left = new ArrayDeque<>(shown);
    while (!left.isEmpty()) {
      Operation each = left.remove();
      Operation evidence = each.isAnswered() ? null : shownBy.get(history.written(each));
      if (evidence != null && shown.add(evidence)) {
        left.add(evidence);
      }
    }
    return new Finding.Conflict(List.copyOf(shown), conflict.reason());
  }

  private boolean areUnique() {
    for (Operation operation : history.operations()) {
      JsonNode written = history.written(operation);
      if (written != null
          && (written.equals(initial) || writers.putIfAbsent(written, operation) != null)) {
        return false;
      }
    }
    return true;
  }

  private boolean isRefusal(Operation operation) {
    return history.action(operation) == Action.COMPARE_AND_SET && history.isPure(operation);
  }

  private boolean isSwap(@Nullable Operation operation) {
    return operation != null && history.action(operation) == Action.COMPARE_AND_SET;
  }

  private Finding find() {
    for (Operation operation : history.operations()) {
      Finding conflict = operation.isAnswered() ? see(operation) : null;
      if (conflict != null) {
        return conflict;
      }
    }
    for (Operation operation : history.operations()) {
      JsonNode written = history.written(operation);
      if (operation.isAnswered() || (written != null && shownBy.containsKey(written))) {
        Finding conflict = place(operation);
        if (conflict != null) {
          return conflict;
        }
      }
    }
    return arrange();
  }

  /** Notes the values that must have been there: what an answer shows, and what led to it. */
  private @Nullable Finding see(Operation answered) {
    Operation by = answered;
    JsonNode value = history.shown(by);
    while (value != null && shownBy.putIfAbsent(value, by) == null && !value.equals(initial)) {
      Operation writer = writers.get(value);
      if (writer == null) {
        return new Finding.Conflict(
            List.of(by), "nobody wrote the value that " + Finding.name(by) + " found");
      }
      by = writer;
      value = history.shown(writer);
    }
    return null;
  }

  private @Nullable Finding place(Operation operation) {
    JsonNode shown = history.shown(operation);
    JsonNode written = history.written(operation);
    if (written != null) {
      cluster(written).writer = operation;
    }
    if (shown == null) {
      return null;
    }
    Cluster found = cluster(shown);
    if (written == null) {
      found.reads.add(operation);
      return null;
    }
    if (found.swap != null) {
      Operation writer = writers.get(shown);
      return new Finding.Conflict(
          writer == null ? List.of(found.swap, operation) : List.of(writer, found.swap, operation),
          "both swapped the same value for another, and nobody wrote it twice");
    }
    found.swap = operation;
    return null;
  }

  private Cluster cluster(JsonNode value) {
    return clusters.computeIfAbsent(value, each -> new Cluster());
  }

  private Finding arrange() {
    List<Block> blocks = new ArrayList<>();
    Set<Cluster> placed = new HashSet<>();
    for (Map.Entry<JsonNode, Cluster> each : clusters.entrySet()) {
      if (!isSwap(each.getValue().writer)) {
        Block block = block(each.getValue(), each.getKey().equals(initial), placed);
        Optional<Finding> conflict = block.conflictWithin();
        if (conflict.isPresent()) {
          return conflict.get();
        }
        blocks.add(block);
      }
    }
    List<Operation> circle =
        clusters.values().stream()
            .filter(each -> !placed.contains(each) && each.writer != null)
            .map(each -> each.writer)
            .toList();
    return circle.isEmpty()
        ? Blocks.arrange(blocks)
        : new Finding.Conflict(circle, "each of these swaps found a value that another stored");
  }

  /** What follows from a value that was written, or was there at first. */
  private Block block(Cluster first, boolean initially, Set<Cluster> placed) {
    Block block = new Block(history, initially);
    for (Cluster each = first; each != null; ) {
      placed.add(each);
      if (each.writer != null) {
        block.add(each.writer);
      }
      each.reads.forEach(block::add);
      JsonNode next = each.swap == null ? null : history.written(each.swap);
      each = next == null ? null : clusters.get(next);
    }
    return block;
  }
}
