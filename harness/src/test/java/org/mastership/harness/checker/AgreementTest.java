package org.mastership.harness.checker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mastership.harness.checker.Histories.Mix;
import org.mastership.harness.history.Operation;

/** Every way to decide says the same: trying every order, the search, and the one for its kind. */
class AgreementTest {
  private static final int HISTORIES_A_MIX = 700;

  private static Verdict check(Mix mix, List<Operation> history) {
    return new LinearizabilityChecker(mix.model, Bounds.DEFAULT).check(Map.of("k", history));
  }

  private static Finding search(Mix mix, List<Operation> history) {
    return KeySearch.find(KeyHistory.of(mix.model, history), new Limit(Bounds.DEFAULT));
  }

  private static Optional<Finding> withoutSearch(Mix mix, List<Operation> history) {
    KeyHistory key = KeyHistory.of(mix.model, history);
    return UniqueValues.find(key).or(() -> ListOrder.find(key));
  }

  private static List<Operation> history(Random random, Mix mix, int number) {
    List<Operation> history = Histories.random(random, mix, 2 + random.nextInt(6), 3);
    return number % 2 == 0 ? history : Histories.mutated(random, history);
  }

  @ParameterizedTest
  @EnumSource(Mix.class)
  void allSayTheSameOfSmallHistories(Mix mix) {
    Random random = new Random(mix.name().hashCode());
    int bad = 0;
    for (int i = 0; i < HISTORIES_A_MIX; i++) {
      List<Operation> history = history(random, mix, i);
      boolean expected = BruteForce.isLinearizable(mix.model, history);
      bad += expected ? 0 : 1;

      assertThat(good(search(mix, history))).as("%s", history).isEqualTo(expected);
      withoutSearch(mix, history)
          .ifPresent(finding -> assertThat(good(finding)).as("%s", history).isEqualTo(expected));
      assertThat(check(mix, history) instanceof Verdict.Linearizable)
          .as("%s", history)
          .isEqualTo(expected);
    }
    assertThat(bad).isBetween(HISTORIES_A_MIX / 20, HISTORIES_A_MIX * 2 / 3);
  }

  @Test
  void thatIsMoreThanTenThousandHistories() {
    assertThat(Mix.values().length * HISTORIES_A_MIX).isGreaterThan(10_000);
  }

  private static boolean good(Finding finding) {
    assertThat(finding).isNotInstanceOf(Finding.Undecided.class);
    return finding instanceof Finding.Order;
  }

  @ParameterizedTest
  @EnumSource(
      value = Mix.class,
      names = {"UNIQUE_REGISTER", "UNIQUE_CAS_REGISTER", "CHAIN", "UNIQUE_LIST"})
  void uniqueValuesNeedNoSearch(Mix mix) {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      List<Operation> history = history(random, mix, i);
      boolean refused = history.stream().anyMatch(each -> isRefused(each));
      if (!refused) {
        assertThat(withoutSearch(mix, history)).as("%s", history).isPresent();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Mix.class,
      names = {"UNIQUE_REGISTER", "UNIQUE_CAS_REGISTER", "CHAIN", "UNIQUE_LIST", "SERVICE_LIST"})
  void theSearchSaysTheSameOfLongerHistories(Mix mix) {
    Random random = new Random(6);
    int compared = 0;
    for (int i = 0; i < 300; i++) {
      List<Operation> history = Histories.random(random, mix, 60, 6);
      List<Operation> judged = i % 3 == 0 ? history : Histories.mutated(random, history);
      Optional<Finding> finding = withoutSearch(mix, judged);
      if (finding.isPresent()) {
        compared++;
        assertThat(good(finding.get())).as("%s", judged).isEqualTo(good(search(mix, judged)));
      }
    }
    assertThat(compared).isGreaterThan(100);
  }

  private static boolean isRefused(Operation operation) {
    return operation.f().equals("cas")
        && operation.isAnswered()
        && !Steps.swapped(operation.result());
  }

  @ParameterizedTest
  @EnumSource(Mix.class)
  void whatIsShownOfABadHistoryIsFew(Mix mix) {
    Random random = new Random(99);
    int found = 0;
    for (int i = 0; i < 200; i++) {
      List<Operation> history = Histories.random(random, mix, 40, 4);
      assertThat(check(mix, history)).as("%s", history).isInstanceOf(Verdict.Linearizable.class);
      List<Operation> mutated = Histories.mutated(random, history);
      Verdict verdict = check(mix, mutated);
      assertThat(verdict).isNotInstanceOf(Verdict.Unknown.class);
      if (verdict instanceof Verdict.NotLinearizable not) {
        found++;
        assertThat(mutated).containsAll(not.operations());
        assertThat(not.operations()).isNotEmpty().hasSizeLessThan(30);
        assertThat(not.reason()).isNotBlank();
      }
    }
    assertThat(found).isGreaterThan(mix.unique ? 140 : 60);
  }

  /** Where the value that a swap found is not shown, the swap is taken for a write. */
  @ParameterizedTest
  @EnumSource(
      value = Mix.class,
      names = {"UNIQUE_REGISTER", "UNIQUE_CAS_REGISTER", "CHAIN"})
  void whatIsShownOfARegisterContradictsItselfAndNothingOfItIsTooMuch(Mix mix) {
    Random random = new Random(7);
    int found = 0;
    for (int i = 0; i < 1_000; i++) {
      List<Operation> history =
          Histories.mutated(random, Histories.random(random, mix, 2 + random.nextInt(20), 4));
      if (withoutSearch(mix, history).orElse(null) instanceof Finding.Conflict conflict) {
        found++;
        List<Operation> shown = withoutLooseEnds(conflict.operations(), history);
        assertThat(good(search(mix, shown))).as("%s: %s", conflict, history).isFalse();
        assertThat(shown).as("%s", history).hasSizeLessThan(10);
      }
    }
    assertThat(found).isGreaterThan(300);
  }

  private static List<Operation> withoutLooseEnds(List<Operation> shown, List<Operation> all) {
    return shown.stream()
        .map(
            each -> {
              JsonNode expected = each.argument().path(0);
              boolean loose =
                  each.f().equals("cas")
                      && shown.stream().noneMatch(other -> writes(other, expected))
                      && all.stream().anyMatch(other -> writes(other, expected));
              return loose ? asWrite(each) : each;
            })
        .toList();
  }

  private static boolean writes(Operation operation, JsonNode value) {
    JsonNode argument = operation.argument();
    return (operation.f().equals("cas") ? argument.path(1) : argument).equals(value)
        && !operation.f().equals("read")
        && !isRefused(operation);
  }

  private static Operation asWrite(Operation swap) {
    return new Operation(
        swap.process(),
        "write",
        swap.key(),
        swap.argument().path(1),
        swap.result(),
        swap.invoked(),
        swap.completed(),
        swap.invokedNanos());
  }
}
