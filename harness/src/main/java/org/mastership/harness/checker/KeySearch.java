package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.Operation;

/**
 * Searches for an order of one key's operations of any model. It goes through the history once and
 * keeps the configurations that explain all answers so far (Wing and Gong's search with Lowe's
 * memoization, breadth first): where an answer comes, each configuration in which its operation has
 * not taken effect yet lets it do so now, other operations under way before it as need be.
 *
 * <p>A first pass keeps few configurations, those that put off what they can; often that finds an
 * order. Only a pass that left none out can say that there is none, so each next pass keeps more.
 *
 * <p>Memory is that of the configurations at one moment, and of one order each.
 */
final class KeySearch {
  private static final int FIRST_WIDTH = 32;
  private static final int WIDER = 16;

  private final KeyHistory history;
  private final Observable observable;
  private final JsonNode start;
  private final Limit limit;
  private final int width;
  private final OpenOperations open;
  private Frontier frontier = new Frontier();
  private boolean leftOut;
  private Configuration certain;
  private long certainSince;

  /** The beginning or the end of an operation, at a line of the history. */
  private record Point(long line, boolean isEnd, boolean isAnswer, int call) {
    private static final Comparator<Point> ORDER =
        Comparator.comparingLong(Point::line)
            .thenComparing(Point::isAnswer, Comparator.reverseOrder());
  }

  /**
   * The last moment at which only one configuration was left.
   *
   * @param state of the model then, or the one that stands for it
   * @param exact a state of the model then; answers can not tell it from any other that is possible
   * @param line of the history
   * @param open calls asked before that had not taken effect
   */
  record Cut(JsonNode state, JsonNode exact, long line, List<Call> open) {}

  /** How a search ended. */
  sealed interface Outcome {}

  /** An order was found. */
  record Found(List<Operation> order) implements Outcome {}

  /** No configuration explains an answer: of this operation, from that moment on. */
  record Contradiction(Operation operation, Cut cut) implements Outcome {}

  /** A limit was reached. */
  record Exhausted(String reason) implements Outcome {}

  private KeySearch(
      KeyHistory history, Observable observable, JsonNode start, Limit limit, int width) {
    this.history = history;
    this.observable = observable;
    this.limit = limit;
    this.width = width;
    this.open = new OpenOperations(history, observable);
    this.start = start;
    this.certain = Configuration.start(observable.representative(start));
    frontier.add(certain);
  }

  /** What is found of a key; a conflict is shrunk. */
  static Finding find(KeyHistory history, Limit limit) {
    List<Call> calls = UnansweredWrites.calls(history);
    Outcome outcome = search(history, history.model().initial(), calls, limit);
    if (outcome instanceof Found found) {
      return new Finding.Order(found.order());
    }
    return outcome instanceof Contradiction contradiction
        ? new Explanation(history, calls, contradiction).conflict()
        : new Finding.Undecided(((Exhausted) outcome).reason());
  }

  /** Searches an order of calls of a key that begins in a state. */
  static Outcome search(KeyHistory history, JsonNode start, List<Call> calls, Limit limit) {
    Observable observable = Observable.of(history);
    List<Point> points = points(calls);
    int width = Math.min(FIRST_WIDTH, limit.configurations());
    while (true) {
      KeySearch search = new KeySearch(history, observable, start, limit, width);
      Outcome outcome;
      try {
        outcome = search.run(calls, points);
      } catch (Limit.ReachedException e) {
        return new Exhausted(String.valueOf(e.getMessage()));
      }
      if (outcome instanceof Found || !search.leftOut) {
        return outcome;
      }
      if (width == limit.configurations()) {
        return new Exhausted("more than " + width + " configurations are possible");
      }
      width = (int) Math.min((long) WIDER * width, limit.configurations());
    }
  }

  private Outcome run(List<Call> calls, List<Point> points) throws Limit.ReachedException {
    @Nullable OpenOperation[] begun = new OpenOperation[calls.size()];
    for (Point point : points) {
      OpenOperation operation = begun[point.call];
      if (operation == null) {
        begun[point.call] = open.begin(calls.get(point.call));
        continue;
      }
      frontier = ended(operation, point.line);
      if (frontier.size() == 0) {
        return new Contradiction(operation.call().operation(), cut(calls));
      }
      if (frontier.size() == 1) {
        noteCertainty(point.line);
      }
    }
    return new Found(frontier.first().order());
  }

  private static List<Point> points(List<Call> calls) {
    List<Point> points = new ArrayList<>(2 * calls.size());
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      points.add(new Point(call.operation().invoked(), false, false, i));
      if (!call.isOptional()) {
        points.add(new Point(call.end(), true, call.operation().isAnswered(), i));
      }
    }
    points.sort(Point.ORDER);
    return points;
  }

  /** The configurations after an operation's end, by which it has taken effect. */
  private Frontier ended(OpenOperation goal, long line) throws Limit.ReachedException {
    Frontier visited = new Frontier();
    Frontier next = new Frontier();
    Deque<Configuration> queue = new ArrayDeque<>();
    frontier.forEach(each -> arrive(withPure(each), goal, visited, next, queue));
    while (!queue.isEmpty()) {
      limit.check(line);
      if (next.size() >= width || visited.size() >= WIDER * width) {
        leftOut = true;
        break;
      }
      Configuration from = queue.remove();
      for (List<OpenOperation> alike : open.changing()) {
        OpenOperation candidate = OpenOperations.firstLeft(from, alike);
        if (candidate != null) {
          step(from, candidate, goal, visited, next, queue);
        }
      }
    }
    open.end(goal);
    return next;
  }

  private void step(
      Configuration from,
      OpenOperation candidate,
      OpenOperation goal,
      Frontier visited,
      Frontier next,
      Deque<Configuration> queue) {
    JsonNode exact = history.model().step(from.state(), candidate.call().operation());
    if (exact == null) {
      return;
    }
    JsonNode after = observable.representative(exact);
    if (candidate.isOptional() && (after.equals(from.state()) || observable.isUseless(after))) {
      return;
    }
    arrive(withPure(from.with(candidate, after)), goal, visited, next, queue);
  }

  /** Keeps a configuration: for the next moment if the goal is reached, else to go on from. */
  private static void arrive(
      Configuration at,
      OpenOperation goal,
      Frontier visited,
      Frontier next,
      Deque<Configuration> queue) {
    if (at.has(goal)) {
      next.add(at.without(goal));
    } else if (visited.add(at)) {
      queue.add(at);
    }
  }

  /** What can take effect without changing the state does so at once: that costs nothing later. */
  private Configuration withPure(Configuration from) {
    Configuration with = from;
    for (List<OpenOperation> alike : open.pure()) {
      if (history.model().step(from.state(), alike.get(0).call().operation()) != null) {
        for (OpenOperation each : alike) {
          with = with.has(each) ? with : with.with(each, from.state());
        }
      }
    }
    return with;
  }

  private void noteCertainty(long line) {
    Configuration only = frontier.first();
    if (only.usesOptional()) {
      only = open.settled(only);
      frontier = new Frontier();
      frontier.add(only);
    }
    certain = only;
    certainSince = line;
  }

  private Cut cut(List<Call> calls) {
    JsonNode exact = start;
    Set<Operation> happened = new HashSet<>();
    for (Operation operation : certain.order()) {
      happened.add(operation);
      exact = Objects.requireNonNull(history.model().step(exact, operation));
    }
    List<Call> left =
        calls.stream()
            .filter(call -> call.operation().invoked() < certainSince)
            .filter(call -> call.end() > certainSince && !happened.contains(call.operation()))
            .toList();
    return new Cut(certain.state(), exact, certainSince, left);
  }
}
