package org.mastership.harness.checker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.Operation;

/** Makes histories of one key, by hand and at random. */
final class Histories {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  private Histories() {}

  /** {@code "put 'a' -> null"} with single quotes for double ones; no arrow: never answered. */
  static Operation op(long process, long invoked, long completed, String text) {
    String[] sides = text.split(" -> ", -1);
    String[] words = sides[0].split(" ", 2);
    return new Operation(
        process,
        words[0],
        "k",
        json(words.length > 1 ? words[1] : "null"),
        sides.length > 1 ? json(sides[1]) : null,
        invoked,
        sides.length > 1 ? completed : Operation.NEVER,
        invoked);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** The kinds of random history: a model, what is asked, and whether values are unique. */
  enum Mix {
    REGISTER(KnownModel.REGISTER, "read write", false),
    UNIQUE_REGISTER(KnownModel.REGISTER, "read write", true),
    CAS_REGISTER(KnownModel.CAS_REGISTER, "read write cas", false),
    UNIQUE_CAS_REGISTER(KnownModel.CAS_REGISTER, "read write cas", true),
    CHAIN(KnownModel.CAS_REGISTER, "read cas cas", true),
    TEXT(KnownModel.KV, "get put append", false),
    UNIQUE_TEXT(KnownModel.KV, "get append append", true),
    COUNTER(KnownModel.COUNTER, "read incr", false),
    LIST(KnownModel.LIST_APPEND, "read append", false),
    UNIQUE_LIST(KnownModel.LIST_APPEND, "read append", true),
    SERVICE_REGISTER(KnownModel.SERVICE, "get put cas delete", false),
    SERVICE_UNIQUE(KnownModel.SERVICE, "get put cas", true),
    SERVICE_COUNTER(KnownModel.SERVICE, "get incr", false),
    SERVICE_LIST(KnownModel.SERVICE, "get append", true),
    SERVICE_ALL(KnownModel.SERVICE, "get put cas delete incr append", false);

    final KnownModel model;
    final String functions;
    final boolean unique;

    Mix(KnownModel model, String functions, boolean unique) {
      this.model = model;
      this.functions = functions;
      this.unique = unique;
    }
  }

  /**
   * A history of a key that really takes each operation at an instant, by processes that ask one
   * thing at a time; some answers get lost, and then the operation may have happened or not.
   */
  static List<Operation> random(Random random, Mix mix, int operations, int processes) {
    long[] free = new long[processes];
    List<long[]> times = new ArrayList<>();
    for (int i = 0; i < operations; i++) {
      int process = random.nextInt(processes);
      long invoked = free[process] + 1 + random.nextInt(20);
      long at = invoked + random.nextInt(20);
      long completed = at + random.nextInt(20);
      free[process] = completed;
      times.add(new long[] {process, invoked, at, completed});
    }
    times.sort(Comparator.comparingLong(time -> time[2]));
    List<Operation> history = new ArrayList<>();
    JsonNode state = mix.model.initial();
    for (int i = 0; i < operations; i++) {
      long[] time = times.get(i);
      long invoked = time[1] * 2 * operations + 2L * i;
      long completed = time[3] * 2 * operations + 2L * i + 1;
      List<String> functions = List.of(mix.functions.split(" ", -1));
      String f = functions.get(random.nextInt(functions.size()));
      JsonNode argument = argument(random, mix, f, i, state);
      Operation asked =
          new Operation(time[0], f, "k", argument, null, invoked, Operation.NEVER, invoked);
      boolean lost = random.nextInt(8) == 0;
      if (!lost || random.nextBoolean()) {
        JsonNode before = state;
        state = mix.model.step(state, asked);
        JsonNode result = result(mix, asked, before, state);
        if (!lost && result != null) {
          asked = new Operation(time[0], f, "k", argument, result, invoked, completed, invoked);
        }
      }
      history.add(asked);
    }
    return sorted(history);
  }

  static List<Operation> sorted(List<Operation> operations) {
    List<Operation> sorted = new ArrayList<>(operations);
    sorted.sort(Comparator.comparingLong(Operation::invoked));
    return sorted;
  }

  private static JsonNode argument(Random random, Mix mix, String f, int i, JsonNode state) {
    String value = "'v" + (mix.unique ? i : random.nextInt(3)) + "'";
    JsonNode expected = random.nextInt(3) > 0 ? state : json("'v" + random.nextInt(3) + "'");
    return switch (mix.model.action(f)) {
      case WRITE, APPEND, APPEND_AND_TELL, CONCATENATE -> json(value);
      case COMPARE_AND_SET -> JSON.createArrayNode().add(expected).add(json(value));
      case ADD, ADD_AND_TELL -> json(String.valueOf(1 + random.nextInt(2)));
      default -> json("null");
    };
  }

  /** Null where the service would refuse. */
  private static @Nullable JsonNode result(
      Mix mix, Operation asked, JsonNode before, JsonNode after) {
    return switch (mix.model.action(asked.f())) {
      case READ -> before;
      case COMPARE_AND_SET -> json(String.valueOf(asked.argument().path(0).equals(before)));
      case ADD_AND_TELL -> before.isNull() || before.isIntegralNumber() ? after : null;
      case APPEND_AND_TELL ->
          before.isNull() || before.isArray() ? json(String.valueOf(after.size())) : null;
      default -> json("null");
    };
  }

  /** The same with one answer exchanged for that of another operation of its kind. */
  static List<Operation> mutated(Random random, List<Operation> history) {
    List<Operation> mutated = new ArrayList<>(history);
    List<Operation> shuffled = new ArrayList<>(history);
    Collections.shuffle(shuffled, random);
    for (Operation victim : shuffled) {
      for (Operation donor : shuffled) {
        if (victim.isAnswered()
            && donor.isAnswered()
            && victim.f().equals(donor.f())
            && !victim.result().equals(donor.result())) {
          mutated.set(history.indexOf(victim), withResult(victim, donor.result()));
          return mutated;
        }
      }
    }
    return mutated;
  }

  private static Operation withResult(Operation of, JsonNode result) {
    return new Operation(
        of.process(),
        of.f(),
        of.key(),
        of.argument(),
        result,
        of.invoked(),
        of.completed(),
        of.invokedNanos());
  }
}
