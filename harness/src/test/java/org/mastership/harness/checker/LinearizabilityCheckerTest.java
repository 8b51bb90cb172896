package org.mastership.harness.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mastership.harness.checker.Histories.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mastership.harness.history.Operation;

class LinearizabilityCheckerTest {
  private static Verdict check(List<Operation> operations) {
    return check(operations, Bounds.DEFAULT);
  }

  private static Verdict check(List<Operation> operations, Bounds bounds) {
    return new LinearizabilityChecker(KnownModel.SERVICE, bounds).check(Map.of("k", operations));
  }

  private static Verdict.NotLinearizable bad(Operation... operations) {
    Verdict verdict = check(List.of(operations));
    assertThat(verdict).isInstanceOf(Verdict.NotLinearizable.class);
    return (Verdict.NotLinearizable) verdict;
  }

  private static void good(Operation... operations) {
    assertThat(check(List.of(operations))).isInstanceOf(Verdict.Linearizable.class);
  }

  @Test
  void aReadThatOverlapsAWriteMayReturnEither() {
    good(op(1, 1, 9, "put 'a' -> null"), op(2, 2, 3, "get -> null"), op(2, 4, 5, "get -> 'a'"));
  }

  @Test
  void aReadAfterAWriteReturnsIt() {
    Verdict.NotLinearizable verdict =
        bad(op(1, 1, 2, "put 'a' -> null"), op(2, 3, 4, "get -> null"));

    assertThat(verdict.reason())
        .isEqualTo(
            "what was there at first can not come back, but put of process 1 (line 2) was answered"
                + " before get of process 2 (line 4) was asked");
  }

  @Test
  void valuesDoNotComeBack() {
    bad(op(1, 1, 9, "put 'a' -> null"), op(2, 2, 3, "get -> 'a'"), op(2, 4, 5, "get -> null"));
  }

  @Test
  void aValueThatNobodyWroteIsNamed() {
    assertThat(bad(op(1, 1, 2, "get -> 'x'")).reason())
        .contains("nobody wrote the value that get of process 1 (line 2) found");
  }

  @Test
  void anUnansweredWriteMayTakeEffectLateOrNever() {
    good(op(1, 1, 0, "put 'a'"), op(2, 2, 3, "get -> null"), op(2, 4, 5, "get -> 'a'"));
    good(op(1, 1, 0, "put 'a'"), op(2, 2, 3, "get -> null"), op(2, 4, 5, "get -> null"));
    bad(op(2, 1, 2, "get -> 'a'"), op(1, 3, 0, "put 'a'"));
  }

  @Test
  void compareAndSetStoresOnceOnly() {
    good(op(1, 1, 5, "cas [null,'a'] -> true"), op(2, 2, 6, "cas [null,'b'] -> false"));
    bad(op(1, 1, 5, "cas [null,'a'] -> true"), op(2, 2, 6, "cas [null,'b'] -> true"));
  }

  @Test
  void anUnansweredWriteThatNobodyReadStillExplainsARefusedCompareAndSet() {
    good(
        op(1, 1, 2, "put 'a' -> null"),
        op(2, 3, 0, "put 'b'"),
        op(1, 4, 5, "cas ['a','c'] -> false"));
  }

  @Test
  void anIncrementIsCountedOnce() {
    good(op(1, 1, 0, "incr 1"), op(2, 2, 3, "incr 1 -> 1"), op(2, 4, 5, "incr 1 -> 3"));
    bad(op(1, 1, 0, "incr 1"), op(2, 2, 3, "incr 1 -> 1"), op(2, 4, 5, "incr 1 -> 4"));
  }

  @Test
  void anAnsweredAppendIsInTheListOnce() {
    good(op(1, 1, 2, "append 'a' -> 1"), op(2, 3, 4, "get -> ['a']"));
    bad(op(1, 1, 2, "append 'a' -> 1"), op(2, 3, 4, "get -> ['a','a']"));
    bad(op(1, 1, 2, "append 'a' -> 1"), op(2, 3, 4, "get -> null"));
  }

  @Test
  void anExplanationHoldsOnlyWhatIsNeeded() {
    List<Operation> history = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      history.add(op(i % 7, 10 * i + 1, 10 * i + 25, "put 'v" + i + "' -> null"));
      history.add(
          op(8, 10 * i + 2, 10 * i + 6, "get -> " + (i < 3 ? "null" : "'v" + (i - 3) + "'")));
    }
    history.add(op(9, 2100, 2101, "get -> 'v100'"));

    Verdict verdict = check(history);

    assertThat(verdict).isInstanceOf(Verdict.NotLinearizable.class);
    assertThat(((Verdict.NotLinearizable) verdict).operations()).hasSizeLessThan(6);
    assertThat(((Verdict.NotLinearizable) verdict).reason())
        .contains("before get of process 9 (line 2101) was asked");
  }

  @Test
  void aHundredThousandOperationsOfOneKeyAreDecided() {
    List<Operation> history = new ArrayList<>();
    Random random = new Random(5);
    long line = 0;
    String value = "null";
    for (int i = 0; i < 50_000; i++) {
      history.add(op(1, ++line, line + 3, "put 'v" + i + "' -> null"));
      history.add(
          op(2, ++line, line + 3, "get -> " + (random.nextBoolean() ? value : "'v" + i + "'")));
      line += 4;
      value = "'v" + i + "'";
      if (i % 100 == 0) {
        history.add(op(1000 + i, ++line, 0, "put 'lost" + i + "'"));
      }
    }

    assertThat(check(history)).isInstanceOf(Verdict.Linearizable.class);
  }

  @Test
  void aLimitMakesTheVerdictUnknown() {
    List<Operation> history = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      history.add(op(i, 1 + i, 100 + i, "incr " + (1 << i) + " -> null"));
    }
    history.add(op(20, 200, 201, "read -> 17"));
    LinearizabilityChecker few =
        new LinearizabilityChecker(KnownModel.COUNTER, new Bounds(Duration.ofMinutes(1), 100));
    LinearizabilityChecker noTime =
        new LinearizabilityChecker(KnownModel.COUNTER, new Bounds(Duration.ZERO, 1_000_000));

    assertThat(few.check(Map.of("k", history)).text())
        .isEqualTo("unknown: key k: more than 100 configurations are possible");
    assertThat(noTime.check(Map.of("k", history)).text())
        .startsWith("unknown: key k: not decided within 0 ms, at line ");
  }

  @Test
  void anExplanationLeavesOutUnansweredIncrementsThatCanNotMatter() {
    List<Operation> history = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      history.add(op(i, 10 * i + 1, 0, "incr 1"));
      history.add(op(i, 10 * i + 2, 10 * i + 3, "incr 1 -> null"));
      history.add(op(i, 10 * i + 4, 10 * i + 5, "read -> " + (i == 70 ? 11 : i + 1)));
    }

    Verdict verdict =
        new LinearizabilityChecker(KnownModel.COUNTER, Bounds.DEFAULT).check(Map.of("k", history));

    assertThat(verdict).isInstanceOf(Verdict.NotLinearizable.class);
    assertThat(((Verdict.NotLinearizable) verdict).operations()).hasSize(1);
    assertThat(((Verdict.NotLinearizable) verdict).reason())
        .startsWith("after line 703 the value can only be 71, and from there no order");
  }

  /** A model of a user's own, of which the search knows no action. */
  private static final class Stack implements Model {
    @Override
    public JsonNode initial() {
      return TextNode.valueOf("");
    }

    @Override
    public JsonNode step(JsonNode state, Operation operation) {
      String text = state.textValue();
      if (operation.f().equals("push")) {
        return TextNode.valueOf(text + operation.argument().textValue());
      }
      JsonNode result = operation.result();
      if (text.isEmpty() || (result != null && !text.endsWith(result.textValue()))) {
        return null;
      }
      return TextNode.valueOf(text.substring(0, text.length() - 1));
    }
  }

  @Test
  void anyModelOfAUsersOwnIsChecked() {
    LinearizabilityChecker checker = new LinearizabilityChecker(new Stack(), Bounds.DEFAULT);
    Operation a = op(1, 1, 9, "push 'a' -> null");
    Operation b = op(2, 2, 4, "push 'b' -> null");
    Operation lost = op(3, 3, 0, "pop");

    assertThat(checker.check(Map.of("k", List.of(a, b, lost, op(2, 5, 6, "pop -> 'a'")))))
        .isInstanceOf(Verdict.Linearizable.class);
    assertThat(checker.check(Map.of("k", List.of(a, b, op(2, 5, 6, "pop -> 'c'")))))
        .isInstanceOf(Verdict.NotLinearizable.class);
  }
}
