package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.Operation;

/**
 * Searches for an order of one key's operations. It goes through the history once and keeps every
 * configuration that explains all answers so far (Wing and Gong's search with Lowe's memoization,
 * breadth first): where an answer comes, each configuration in which its operation has not taken
 * effect yet lets it do so now, other operations under way before it as need be.
 *
 * <p>Memory is that of the configurations at one moment, not of the history.
 */
final class KeySearch {
  private final Model model;
  private final Limit limit;
  private final List<Pending> pending = new ArrayList<>();
  private final PriorityQueue<Integer> freeSlots = new PriorityQueue<>();
  private int slots;
  private Set<Configuration> frontier = new LinkedHashSet<>();
  private Cut cut;

  /** An operation under way. An unanswered twin, the same asked before, takes effect before it. */
  private static final class Pending {
    final Call call;
    final @Nullable Pending twin;
    int slot;

    Pending(Call call, @Nullable Pending twin) {
      this.call = call;
      this.twin = twin;
    }
  }

  /** The beginning or the end of an operation, at a line of the history. */
  private record Point(long line, boolean isEnd, boolean isAnswer, Pending of) {
    private static final Comparator<Point> ORDER =
        Comparator.comparingLong(Point::line)
            .thenComparing(Point::isAnswer, Comparator.reverseOrder());
  }

  /**
   * A moment at which only one configuration was left, with no answer outstanding.
   *
   * @param state of the model then
   * @param line of the history
   * @param open unanswered operations that may still take effect
   */
  record Cut(JsonNode state, long line, List<Call> open) {}

  /** How a search ended. */
  sealed interface Outcome {}

  /** An order was found. */
  record Found(List<Operation> order) implements Outcome {}

  /** No configuration explains an answer: of this operation, from that moment on. */
  record Contradiction(Operation operation, Cut cut) implements Outcome {}

  /** A limit was reached. */
  record Exhausted(String reason) implements Outcome {}

  private KeySearch(Model model, JsonNode start, Limit limit) {
    this.model = model;
    this.limit = limit;
    this.frontier.add(Configuration.start(start));
    this.cut = new Cut(start, 0, List.of());
  }

  /** Searches an order of operations of one key that begins in a state. */
  static Outcome search(Model model, JsonNode start, List<Call> calls, Limit limit) {
    return new KeySearch(model, start, limit).run(calls);
  }

  private Outcome run(List<Call> calls) {
    for (Point point : points(calls)) {
      if (!point.isEnd) {
        begin(point.of);
        continue;
      }
      try {
        frontier = ended(point.of);
      } catch (Limit.ReachedException e) {
        return new Exhausted(e.getMessage() + " at line " + point.line);
      }
      if (frontier.isEmpty()) {
        return new Contradiction(point.of.call.operation(), cut);
      }
      noteCut(point.line);
    }
    return new Found(frontier.iterator().next().order());
  }

  private static List<Point> points(List<Call> calls) {
    List<Point> points = new ArrayList<>(2 * calls.size());
    Map<List<Object>, Pending> twins = new HashMap<>();
    for (Call call : calls) {
      Operation operation = call.operation();
      Pending of =
          call.isOptional() && !operation.isAnswered()
              ? twins.compute(
                  List.of(operation.f(), operation.argument()),
                  (same, twin) -> new Pending(call, twin))
              : new Pending(call, null);
      points.add(new Point(operation.invoked(), false, false, of));
      if (!call.isOptional()) {
        points.add(new Point(call.end(), true, operation.isAnswered(), of));
      }
    }
    points.sort(Point.ORDER);
    return points;
  }

  private void begin(Pending operation) {
    Integer free = freeSlots.poll();
    operation.slot = free == null ? slots++ : free;
    pending.add(operation);
  }

  /** The configurations after an operation's end, by which it has taken effect. */
  private Set<Configuration> ended(Pending operation) throws Limit.ReachedException {
    Set<Configuration> next = new LinkedHashSet<>();
    Set<Configuration> visited = new LinkedHashSet<>();
    for (Configuration each : frontier) {
      if (each.has(operation.slot)) {
        next.add(each.without(operation.slot));
      } else {
        reach(each, operation, visited, next);
      }
      limit.check(visited.size() + next.size());
    }
    pending.remove(operation);
    freeSlots.add(operation.slot);
    return next;
  }

  /** All ways from a configuration to ones in which an operation has just taken effect. */
  private void reach(
      Configuration from, Pending goal, Set<Configuration> visited, Set<Configuration> next)
      throws Limit.ReachedException {
    Deque<Configuration> stack = new ArrayDeque<>();
    stack.push(from);
    while (!stack.isEmpty()) {
      Configuration each = stack.pop();
      for (Pending candidate : pending) {
        if (each.has(candidate.slot)
            || (candidate.twin != null && !each.has(candidate.twin.slot))) {
          continue;
        }
        Operation operation = candidate.call.operation();
        JsonNode after = model.step(each.state(), operation);
        if (after == null) {
          continue;
        }
        Configuration reached = each.with(candidate.slot, operation, after);
        if (candidate == goal) {
          next.add(reached.without(goal.slot));
        } else if (visited.add(reached)) {
          stack.push(reached);
        }
      }
      limit.check(visited.size() + next.size());
    }
  }

  private void noteCut(long line) {
    if (frontier.size() != 1 || pending.stream().anyMatch(each -> !each.call.isOptional())) {
      return;
    }
    Configuration only = frontier.iterator().next();
    List<Call> open =
        pending.stream().filter(each -> !only.has(each.slot)).map(each -> each.call).toList();
    cut = new Cut(only.state(), line, open);
  }
}
