package org.mastership.harness.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mastership.harness.history.Operation;

/**
 * Why no order exists, in few operations: of those after the last moment at which the state was
 * certain, the ones that the contradiction needs. An operation whose effect another answer may show
 * is not taken away before that other, or the answer would contradict for want of it.
 */
final class Explanation {
  private static final Bounds SMALL = new Bounds(Duration.ofSeconds(5), 100_000);

  private final KeyHistory history;
  private final Operation culprit;
  private final KeySearch.Cut cut;
  private final Limit limit = new Limit(SMALL);
  private List<Call> window = new ArrayList<>();

  Explanation(KeyHistory history, List<Call> calls, KeySearch.Contradiction contradiction) {
    this.history = history;
    this.culprit = contradiction.operation();
    this.cut = contradiction.cut();
    window.addAll(cut.open());
    for (Call call : calls) {
      long line = call.operation().invoked();
      if (line > cut.line() && line < culprit.completed()) {
        window.add(endedByThen(call));
      }
    }
  }

  /** What was answered after the contradiction may, for it, as well never have been answered. */
  private Call endedByThen(Call call) {
    return call.end() > culprit.completed() ? new Call(call.operation(), Operation.NEVER) : call;
  }

  Finding conflict() {
    for (int size = Math.max(1, window.size() / 2); size >= 1; size /= 2) {
      shrinkBy(size);
    }
    shrinkBy(1);
    List<Operation> shown = window.stream().map(Call::operation).toList();
    return new Finding.Conflict(shown, reason());
  }

  private void shrinkBy(int size) {
    for (int end = window.size(); end > 0; end -= size) {
      List<Call> fewer = new ArrayList<>(window);
      fewer.subList(Math.max(0, end - size), end).removeIf(this::isRemovable);
      if (fewer.size() < window.size() && isContradiction(fewer)) {
        window = fewer;
        end = Math.min(end, window.size());
      }
    }
  }

  private boolean isRemovable(Call call) {
    Operation operation = call.operation();
    if (call.isOptional() && history.isAnonymous(operation)) {
      return true;
    }
    return !operation.equals(culprit)
        && window.stream()
            .map(Call::operation)
            .noneMatch(other -> !other.equals(operation) && history.mayShow(other, operation));
  }

  private boolean isContradiction(List<Call> calls) {
    return KeySearch.search(history, cut.state(), calls, limit) instanceof KeySearch.Contradiction;
  }

  private String reason() {
    String before =
        cut.line() == 0
            ? "at first the value is " + Operation.shortened(cut.exact())
            : "after line "
                + cut.line()
                + " the value can only be "
                + Operation.shortened(cut.exact());
    String alternative = cut.state().equals(cut.exact()) ? "" : " or another that no answer shows";
    return before
        + alternative
        + ", and from there no order of these operations lets "
        + Finding.name(culprit)
        + " answer "
        + (culprit.result() == null ? "" : Operation.shortened(culprit.result()))
        + "; "
        + origin();
  }

  /** Where the answer may have come from. */
  private String origin() {
    List<Operation> shown =
        history.operations().stream()
            .filter(each -> history.mayShow(culprit, each))
            .limit(2)
            .toList();
    if (shown.isEmpty()) {
      return history.model().initial().equals(history.shown(culprit))
          ? "that was the value at first"
          : "nobody wrote that";
    }
    return shown.size() > 1
        ? "several operations may have led to that"
        : "it comes from " + shown.get(0).text();
  }
}
