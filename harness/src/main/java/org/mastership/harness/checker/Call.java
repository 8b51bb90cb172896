package org.mastership.harness.checker;

import org.mastership.harness.history.Operation;

/**
 * An operation with the time in which it took effect.
 *
 * @param operation what was asked and answered
 * @param end the line of the history after which it has taken effect, if it ever does; {@link
 *     Operation#NEVER} if it may at any time
 */
public record Call(Operation operation, long end) {
  static Call of(Operation operation) {
    return new Call(operation, operation.completed());
  }

  /** Whether an order may do without it. */
  boolean isOptional() {
    return end == Operation.NEVER;
  }
}
