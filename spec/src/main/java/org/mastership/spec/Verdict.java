package org.mastership.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Compares what came of a model with what must come of it. */
public final class Verdict {
  private final Model model;
  private final Outcome outcome;
  private final List<String> problems = new ArrayList<>();

  private Verdict(Model model, Outcome outcome) {
    this.model = model;
    this.outcome = outcome;
  }

  /**
   * What is wrong.
   *
   * @return one sentence a problem, each with the module, the model and the file to look at; empty
   *     where all is as expected
   */
  public static List<String> problems(Model model, Outcome outcome) {
    Verdict verdict = new Verdict(model, outcome);
    switch (outcome.end()) {
      case HOLDS -> verdict.held();
      case VIOLATED -> verdict.violated();
      case UNREADABLE -> verdict.add("cannot be read by TLC: " + outcome.about());
      case OUT_OF_TIME ->
          verdict.add(
              "is not finished by TLC in its "
                  + model.limit().toSeconds()
                  + " s; "
                  + outcome.counts().distinct()
                  + " distinct states so far");
      case FAILED -> verdict.add("cannot be checked by TLC: " + outcome.about());
    }
    return List.copyOf(verdict.problems);
  }

  private void held() {
    if (!model.expected().holds()) {
      add("must violate " + model.expected().violated() + ", but holds");
      return;
    }
    pinned("distinct states", model.distinct(), outcome.counts().distinct());
    for (Map.Entry<String, Long> action : outcome.actions().entrySet()) {
      boolean listed = model.never().containsKey(action.getKey());
      if (action.getValue() == 0 && !listed) {
        add("never takes the action " + action.getKey());
      } else if (action.getValue() > 0 && listed) {
        add("takes the action " + action.getKey() + ", which it says it never does");
      }
    }
    for (String predicate : model.reached()) {
      if (!outcome.reached().contains(predicate)) {
        add("reaches no state with " + predicate);
      }
    }
  }

  /** A counterexample without an end is not the shortest, so its length is of no meaning. */
  private void violated() {
    String found = outcome.about();
    if (model.expected().holds()) {
      add("violates " + found + ", see " + outcome.traceFile());
    } else if (!found.equals(model.expected().violated())) {
      add(
          "must violate "
              + model.expected().violated()
              + ", but violates "
              + found
              + ", see "
              + outcome.traceFile());
    } else if (outcome.loopsTo() == 0) {
      pinned("states in its counterexample", model.length(), outcome.trace().size());
    }
  }

  private void pinned(String what, OptionalLong pinned, long found) {
    if (pinned.isEmpty()) {
      add("does not say how many " + what + " it has: " + found);
    } else if (pinned.getAsLong() != found) {
      add("says that it has " + pinned.getAsLong() + " " + what + ", but has " + found);
    }
  }

  private void add(String what) {
    problems.add(
        "module "
            + model.module()
            + ", model "
            + model.name()
            + " "
            + what
            + " (TLC's output: "
            + outcome.outputFile()
            + ")");
  }
}
