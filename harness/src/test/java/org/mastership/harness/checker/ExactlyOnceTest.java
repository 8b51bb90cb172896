package org.mastership.harness.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mastership.harness.checker.Histories.op;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mastership.harness.history.Operation;

class ExactlyOnceTest {
  private static final Operation A = op(1, 1, 2, "append 'a' -> 1");
  private static final Operation B = op(2, 3, 4, "append 'b' -> 2");
  private static final Operation LOST = op(3, 5, 0, "append 'c'");

  private static ExactlyOnce count(Operation... operations) {
    return ExactlyOnce.of(Map.of("k", List.of(operations)));
  }

  @Test
  void allAnsweredAreThereOnceAndAnUnansweredOneMayBe() {
    assertThat(count(A, B, LOST, op(1, 6, 7, "get -> ['a','b']")).isClean()).isTrue();
    assertThat(count(A, B, LOST, op(1, 6, 7, "get -> ['a','b','c']")).isClean()).isTrue();
  }

  @Test
  void anAnsweredOneThatIsNotThereIsLost() {
    assertThat(count(A, B, op(1, 6, 7, "get -> ['b']"))).isEqualTo(new ExactlyOnce(1, 0, 0));
  }

  @Test
  void oneThatIsThereTwiceWasExecutedTwice() {
    assertThat(count(A, B, op(1, 6, 7, "get -> ['a','b','a']")))
        .isEqualTo(new ExactlyOnce(0, 1, 0));
  }

  @Test
  void aCounterIsBetweenWhatWasAnsweredAndWhatWasAsked() {
    Operation answered = op(1, 1, 2, "incr 1 -> 1");
    Operation unanswered = op(2, 1, 0, "incr 1");
    assertThat(count(answered, unanswered, op(1, 3, 4, "get -> 2")).isClean()).isTrue();
    assertThat(count(answered, unanswered, op(1, 3, 4, "get -> 3")).duplicated()).isEqualTo(1);
    assertThat(count(answered, unanswered, op(1, 3, 4, "get -> null")).lost()).isEqualTo(1);
  }

  @Test
  void withoutAReadAtTheEndNothingIsKnown() {
    assertThat(count(A, op(1, 3, 4, "get -> ['a']"), op(2, 5, 6, "append 'b' -> 2")))
        .isEqualTo(new ExactlyOnce(0, 0, 2));
  }
}
