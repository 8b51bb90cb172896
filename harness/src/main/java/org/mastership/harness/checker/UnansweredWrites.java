package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mastership.harness.history.Operation;

/**
 * What is known of one key's unanswered operations beforehand. Each that stays open for ever
 * doubles what a search has to look at; few do.
 *
 * <ul>
 *   <li>A write whose value somebody was told, and that nobody else wrote, took effect before that
 *       answer.
 *   <li>A write whose value nobody was told can be left out: nothing that came between it and the
 *       next write depended on it. Not so where an answer depends on a value without telling it.
 *   <li>The same for the element of a list, where all that was asked of the key are appends and
 *       reads, and a read came after all answered appends.
 *   <li>A read changes nothing.
 * </ul>
 */
final class UnansweredWrites {
  private final List<Operation> operations;
  private final Map<JsonNode, Integer> writers = new HashMap<>();

  /** Values that an answer tells, with the first line by which it was told. */
  private final Map<JsonNode, Long> told = new HashMap<>();

  /** Values that an operation needed, answered or not. */
  private final Set<JsonNode> needed = new HashSet<>();

  private final Map<JsonNode, Long> elementsTold = new HashMap<>();
  private long lastVague = Long.MIN_VALUE;
  private long lastAnsweredAppend = Long.MIN_VALUE;
  private long lastRead = Long.MIN_VALUE;
  private boolean onlyListed = true;

  UnansweredWrites(List<Operation> operations) {
    this.operations = operations;
    writers.put(NullNode.getInstance(), 1);
    operations.forEach(this::learn);
  }

  private void learn(Operation operation) {
    JsonNode argument = operation.argument();
    switch (operation.f()) {
      case "get" -> learnRead(operation);
      case "put" -> wrote(argument);
      case "delete" -> wrote(NullNode.getInstance());
      case "cas" -> learnCompareAndSet(operation);
      case "append" -> {
        wrote(argument);
        vague(operation);
        if (operation.isAnswered()) {
          lastAnsweredAppend = Math.max(lastAnsweredAppend, operation.completed());
        }
      }
      default -> vague(operation);
    }
    onlyListed &= operation.f().equals("get") || operation.f().equals("append");
  }

  private void learnRead(Operation read) {
    JsonNode value = read.result();
    if (value == null) {
      return;
    }
    lastRead = Math.max(lastRead, read.invoked());
    told(value, read);
    if (value.isArray()) {
      value.forEach(element -> elementsTold.merge(element, read.completed(), Math::min));
    }
  }

  private void learnCompareAndSet(Operation operation) {
    JsonNode expected = operation.argument().path(0);
    JsonNode result = operation.result();
    wrote(operation.argument().path(1));
    needed.add(expected);
    if (result != null && KeyValueModel.swapped(result)) {
      told(expected, operation);
    } else if (result != null) {
      vague(operation);
    }
  }

  private void wrote(JsonNode value) {
    writers.merge(value, 1, Integer::sum);
  }

  private void told(JsonNode value, Operation by) {
    needed.add(value);
    told.merge(value, by.completed(), Math::min);
  }

  /** Its answer, or its effect, depends on a value that it does not tell. */
  private void vague(Operation operation) {
    lastVague = Math.max(lastVague, operation.completed());
  }

  List<Call> calls() {
    List<Call> calls = new ArrayList<>(operations.size());
    for (Operation operation : operations) {
      if (operation.isAnswered()) {
        calls.add(Call.of(operation));
      } else {
        addUnanswered(operation, calls);
      }
    }
    return calls;
  }

  private void addUnanswered(Operation operation, List<Call> calls) {
    switch (operation.f()) {
      case "get" -> {}
      case "put" -> addWrite(operation, operation.argument(), calls);
      case "cas" -> addWrite(operation, operation.argument().path(1), calls);
      case "delete" -> addWrite(operation, NullNode.getInstance(), calls);
      case "append" -> addAppend(operation, calls);
      default -> calls.add(Call.of(operation));
    }
  }

  private void addWrite(Operation operation, JsonNode value, List<Call> calls) {
    boolean unique = writers.getOrDefault(value, 0) == 1;
    if (unique && told.containsKey(value)) {
      calls.add(new Call(operation, told.get(value)));
    } else if (needed.contains(value) || lastVague > operation.invoked()) {
      calls.add(Call.of(operation));
    }
  }

  private void addAppend(Operation operation, List<Call> calls) {
    JsonNode element = operation.argument();
    Long end = elementsTold.get(element);
    boolean unique = writers.getOrDefault(element, 0) == 1;
    if (end != null && unique && onlyListed) {
      calls.add(new Call(operation, end));
    } else if (end != null || !onlyListed || lastRead <= lastAnsweredAppend) {
      calls.add(Call.of(operation));
    }
  }
}
