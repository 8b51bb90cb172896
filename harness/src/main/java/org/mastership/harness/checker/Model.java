package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.Operation;

/** What one object does when it is used by one process at a time. */
public interface Model {
  /** The state before any operation. */
  JsonNode initial();

  /**
   * What an operation does. The states are values: none is changed.
   *
   * @return the state after it; null if an operation in this state can not have the answer it had
   */
  @Nullable JsonNode step(JsonNode state, Operation operation);

  /**
   * What kind of operation a name stands for. It must be {@link Action#OTHER} unless {@link #step}
   * does just what the action says: a search that knows the action leaves out what can not matter.
   */
  default Action action(String f) {
    return Action.OTHER;
  }
}
