package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.Operation;

/**
 * Decides a list to which no element is appended twice, in time n log n besides comparing what was
 * read: the longest list that was read tells the place of each element, and each read has its place
 * by its length. Appends that no read shows come after all that was read.
 */
final class ListOrder {
  private final KeyHistory history;
  private final Map<JsonNode, Operation> appends = new HashMap<>();
  private final Map<JsonNode, Integer> places = new HashMap<>();
  private JsonNode longest = JsonNodeFactory.instance.arrayNode();
  private @Nullable Operation longestRead;

  /** An operation with its place: a read of n elements is between the append of the n-th and on. */
  private record Placed(Operation operation, long place) {
    private static final long LAST = Long.MAX_VALUE;
    private static final Comparator<Placed> ORDER =
        Comparator.comparingLong(Placed::place)
            .thenComparingLong(placed -> placed.operation.invoked());

    static Placed read(Operation operation, int length) {
      return new Placed(operation, 2L * length);
    }

    static Placed append(Operation operation, long index) {
      return new Placed(operation, 2 * index + 1);
    }
  }

  private ListOrder(KeyHistory history) {
    this.history = history;
  }

  /** The finding; none where elements are appended twice, or the places are not all known. */
  static Optional<Finding> find(KeyHistory history) {
    if (!history.hasOnly(Action.READ, Action.APPEND, Action.APPEND_AND_TELL)) {
      return Optional.empty();
    }
    ListOrder order = new ListOrder(history);
    return order.areUnique() ? order.find() : Optional.empty();
  }

  private boolean areUnique() {
    for (Operation operation : history.operations()) {
      JsonNode result = operation.result();
      if (history.action(operation) != Action.READ) {
        if (appends.putIfAbsent(operation.argument(), operation) != null) {
          return false;
        }
      } else if (result != null && result.size() > longest.size()) {
        longest = result;
        longestRead = operation;
      }
    }
    return true;
  }

  private Optional<Finding> find() {
    for (int i = 0; i < longest.size(); i++) {
      JsonNode element = longest.get(i);
      if (!appends.containsKey(element) || places.put(element, i) != null) {
        return conflict(
            appends.containsKey(element)
                ? "the list has " + Operation.shortened(element) + " twice, which was appended once"
                : "nobody appended " + Operation.shortened(element),
            longestRead,
            appends.get(element));
      }
    }
    List<Placed> placed = new ArrayList<>();
    for (Operation operation : history.operations()) {
      boolean isRead = history.action(operation) == Action.READ;
      Optional<Finding> conflict =
          isRead ? placeRead(operation, placed) : placeAppend(operation, placed);
      if (conflict.isPresent()) {
        return conflict;
      }
    }
    return placesAreKnown() ? Optional.of(ordered(placed)) : Optional.empty();
  }

  private Optional<Finding> placeRead(Operation read, List<Placed> placed) {
    JsonNode result = read.result();
    if (result == null) {
      return Optional.empty();
    }
    for (int i = 0; i < result.size(); i++) {
      if (!result.get(i).equals(longest.get(i))) {
        return conflict(
            "of two lists that were read, neither begins with the other", read, longestRead);
      }
    }
    placed.add(Placed.read(read, result.size()));
    return Optional.empty();
  }

  private Optional<Finding> placeAppend(Operation append, List<Placed> placed) {
    Integer place = places.get(append.argument());
    JsonNode length = toldLength(append);
    if (place != null && length != null && length.longValue() != place + 1) {
      return conflict(
          "the list has "
              + Operation.shortened(append.argument())
              + " at another place than was told",
          append,
          longestRead);
    }
    if (place != null) {
      placed.add(Placed.append(append, place));
    } else if (length != null) {
      placed.add(Placed.append(append, length.longValue() - 1));
    } else if (append.isAnswered()) {
      placed.add(new Placed(append, Placed.LAST));
    }
    return Optional.empty();
  }

  private @Nullable JsonNode toldLength(Operation append) {
    return history.action(append) == Action.APPEND_AND_TELL ? append.result() : null;
  }

  /** Not so if an append that nobody was told of may have come before one that tells its place. */
  private boolean placesAreKnown() {
    boolean anyTold = false;
    boolean anyLost = false;
    for (Operation append : appends.values()) {
      if (!places.containsKey(append.argument())) {
        anyTold |= toldLength(append) != null;
        anyLost |= !append.isAnswered();
      }
    }
    return !(anyTold && anyLost);
  }

  private Finding ordered(List<Placed> placed) {
    placed.sort(Placed.ORDER);
    List<Operation> order = placed.stream().map(Placed::operation).toList();
    long length = 0;
    for (Operation each : order) {
      JsonNode told = toldLength(each);
      length += history.action(each) == Action.READ ? 0 : 1;
      if (told != null && told.longValue() != length) {
        return new Finding.Conflict(
            List.of(each), "the list had " + length + " elements then, not " + told);
      }
    }
    Optional<Finding> conflict = RealTime.conflict(order, (late, early) -> List.of(late, early));
    return conflict.orElseGet(() -> new Finding.Order(order));
  }

  private static Optional<Finding> conflict(String reason, @Nullable Operation... operations) {
    return Optional.of(
        new Finding.Conflict(Stream.of(operations).filter(Objects::nonNull).toList(), reason));
  }
}
