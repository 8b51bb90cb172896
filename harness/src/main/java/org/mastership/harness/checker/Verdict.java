package org.mastership.harness.checker;

import java.util.List;
import java.util.Map;
import org.mastership.harness.history.Operation;

/** What a checker says of a history. */
public sealed interface Verdict {

  /** One line for people. */
  String text();

  /**
   * One order of the operations explains every answer.
   *
   * @param orders the order found, by key; unanswered operations that it does without are left out
   */
  record Linearizable(Map<String, List<Operation>> orders) implements Verdict {
    @Override
    public String text() {
      return "linearizable";
    }
  }

  /**
   * No order explains the answers.
   *
   * @param key where that is so
   * @param operations a few operations that suffice to show it
   * @param reason one sentence
   */
  record NotLinearizable(String key, List<Operation> operations, String reason) implements Verdict {
    @Override
    public String text() {
      return "not linearizable";
    }
  }

  /**
   * Not decided.
   *
   * @param reason which limit was reached, and where
   */
  record Unknown(String reason) implements Verdict {
    @Override
    public String text() {
      return "unknown: " + reason;
    }
  }
}
