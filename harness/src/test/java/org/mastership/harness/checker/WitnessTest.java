package org.mastership.harness.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mastership.harness.checker.Histories.op;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mastership.harness.history.Operation;

class WitnessTest {
  private static final Operation PUT = op(1, 1, 2, "put 'a' -> null");
  private static final Operation GET = op(2, 3, 4, "get -> 'a'");
  private static final Operation LOST = op(3, 1, 0, "put 'b'");

  private static String problem(Operation... order) {
    return Witness.problem(KnownModel.SERVICE, List.of(PUT, GET, LOST), List.of(order)).orElse("");
  }

  @Test
  void anOrderThatExplainsAllAnswersIsGood() {
    assertThat(problem(PUT, GET)).isEmpty();
    assertThat(problem(LOST, PUT, GET)).isEmpty();
  }

  @Test
  void anAnsweredOperationMustBeInIt() {
    assertThat(problem(PUT)).startsWith("answered, and not in the order: process 2: get");
  }

  @Test
  void noOperationIsInItTwice() {
    assertThat(problem(PUT, PUT, GET)).startsWith("twice");
  }

  @Test
  void answersMustBeTrue() {
    assertThat(problem(PUT, LOST, GET)).startsWith("has another answer in state \"b\"");
  }

  @Test
  void realTimeMustBeKept() {
    Operation absent = op(2, 3, 4, "get -> null");
    assertThat(
            Witness.problem(KnownModel.SERVICE, List.of(PUT, absent), List.of(absent, PUT))
                .orElse(""))
        .startsWith("was answered before an earlier one was asked: process 1: put");
  }
}
