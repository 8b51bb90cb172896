package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mastership.harness.history.Operation;

/**
 * Compares what clients appended and added with the state at the end. It sees less than the check
 * of linearizability and says it more plainly.
 *
 * @param lost answered requests whose effect is not there
 * @param duplicated requests whose effect is there more often than it was asked for
 * @param unread answered requests of keys that were not read after all else was answered
 */
public record ExactlyOnce(long lost, long duplicated, long unread) {

  /** Whether nothing is wrong, and everything was looked at. */
  public boolean isClean() {
    return lost == 0 && duplicated == 0 && unread == 0;
  }

  /**
   * Counts over all keys of a history. Keys that were not only read, appended to or added to do not
   * count.
   */
  public static ExactlyOnce of(Map<String, List<Operation>> operations) {
    ExactlyOnce sum = new ExactlyOnce(0, 0, 0);
    for (List<Operation> key : operations.values()) {
      if (onlyReadAnd("append", key)) {
        sum = sum.plus(ofList(key));
      } else if (onlyReadAnd("incr", key)) {
        sum = sum.plus(ofCounter(key));
      }
    }
    return sum;
  }

  private ExactlyOnce plus(ExactlyOnce other) {
    return new ExactlyOnce(lost + other.lost, duplicated + other.duplicated, unread + other.unread);
  }

  private static boolean onlyReadAnd(String f, List<Operation> key) {
    return key.stream().allMatch(each -> each.f().equals(f) || each.f().equals("get"))
        && key.stream().anyMatch(each -> each.f().equals(f));
  }

  private static ExactlyOnce ofList(List<Operation> key) {
    Set<JsonNode> answered = new HashSet<>();
    for (Operation operation : key) {
      if (operation.f().equals("append") && operation.isAnswered()) {
        answered.add(operation.argument());
      }
    }
    Optional<JsonNode> end = lastRead(key);
    if (end.isEmpty()) {
      return new ExactlyOnce(0, 0, answered.size());
    }
    Set<JsonNode> seen = new HashSet<>();
    long duplicated = 0;
    for (JsonNode element : end.get()) {
      duplicated += seen.add(element) ? 0 : 1;
    }
    answered.removeAll(seen);
    return new ExactlyOnce(answered.size(), duplicated, 0);
  }

  private static ExactlyOnce ofCounter(List<Operation> key) {
    List<Operation> added = key.stream().filter(each -> each.f().equals("incr")).toList();
    long answered = added.stream().filter(Operation::isAnswered).mapToLong(ExactlyOnce::by).sum();
    long asked = added.stream().mapToLong(ExactlyOnce::by).sum();
    Optional<JsonNode> end = lastRead(key);
    if (end.isEmpty()) {
      return new ExactlyOnce(0, 0, answered);
    }
    long sum = end.get().longValue();
    return new ExactlyOnce(Math.max(0, answered - sum), Math.max(0, sum - asked), 0);
  }

  private static long by(Operation added) {
    return added.argument().longValue();
  }

  /** The result of a read that was asked after all changes had been answered. */
  private static Optional<JsonNode> lastRead(List<Operation> key) {
    long lastChange =
        key.stream()
            .filter(each -> !each.f().equals("get") && each.isAnswered())
            .mapToLong(Operation::completed)
            .max()
            .orElse(0);
    return key.stream()
        .filter(each -> each.f().equals("get") && each.invoked() > lastChange)
        .flatMap(each -> Optional.ofNullable(each.result()).stream())
        .reduce((first, second) -> second);
  }
}
