package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
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
   * What is known beforehand of when operations of one key can have taken effect. An operation may
   * be left out if the rest has an order exactly when all have one; an end may be given to an
   * unanswered operation if every order has it before that.
   *
   * @param operations of one key in the order of their questions
   */
  default List<Call> calls(List<Operation> operations) {
    return operations.stream().map(Call::of).toList();
  }

  /**
   * Whether an operation's answer may show that another has taken effect. For explanations only.
   */
  boolean mayShow(Operation answered, Operation effect);
}
