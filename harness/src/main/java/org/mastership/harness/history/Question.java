package org.mastership.harness.history;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a process asked and waits for.
 *
 * @param event the entry
 * @param place of the entry in the history
 */
public record Question(Event event, long place) {

  /** With its answer. */
  Operation answered(JsonNode result, long completed) {
    return operation(result, completed);
  }

  /** When the answer never came. */
  Operation unanswered() {
    return operation(null, Operation.NEVER);
  }

  private Operation operation(@Nullable JsonNode result, long completed) {
    return new Operation(
        event.process(),
        event.f(),
        event.key(),
        event.value(),
        result,
        place,
        completed,
        event.timeNanos());
  }
}
