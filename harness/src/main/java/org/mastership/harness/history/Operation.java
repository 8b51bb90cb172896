package org.mastership.harness.history;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What one process asked, with its answer.
 *
 * @param process who asked
 * @param f what was asked
 * @param key of what
 * @param argument the value of the question
 * @param result the value of the answer; null while there is none
 * @param invoked the line of the question
 * @param completed the line of the answer; {@link #NEVER} where there is none
 * @param invokedNanos the time of the question
 */
public record Operation(
    long process,
    String f,
    String key,
    JsonNode argument,
    @Nullable JsonNode result,
    long invoked,
    long completed,
    long invokedNanos) {
  /** The line of an answer that never came. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final int LONGEST_VALUE = 200;

  public Operation {
    if (invoked >= completed || (result == null) != (completed == NEVER)) {
      throw new IllegalArgumentException("an answer comes after its question, with a result");
    }
  }

  /** Whether the process knows that it happened. */
  public boolean isAnswered() {
    return completed != NEVER;
  }

  /** For people: what was asked and answered, and between which lines. */
  public String text() {
    String what =
        "process "
            + process
            + ": "
            + f
            + (argument.isNull() ? "" : " " + shortened(argument))
            + (key.isEmpty() ? "" : " of " + key);
    return result == null
        ? what + ", never answered   (from line " + invoked + ")"
        : what + " -> " + shortened(result) + "   (lines " + invoked + " to " + completed + ")";
  }

  /** The beginning of a value's text, for people. */
  public static String shortened(JsonNode value) {
    String text = value.toString();
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
  }
}
