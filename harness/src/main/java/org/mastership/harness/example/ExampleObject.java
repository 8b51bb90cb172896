package org.mastership.harness.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Random;

/** One object of a made history: what may be asked of it, and what it answers. */
abstract class ExampleObject {
  private static final JsonNode NONE = NullNode.getInstance();

  /** What is asked. */
  record Question(String f, JsonNode argument) {}

  /**
   * What is answered.
   *
   * @param refused whether it had no effect
   */
  record Answer(JsonNode result, boolean refused) {
    static final Answer NONE = new Answer(ExampleObject.NONE, false);
  }

  static ExampleObject of(ExampleHistory.Kind kind, int values, String key) {
    return switch (kind) {
      case REGISTER -> new Register(values, key, false);
      case CAS_REGISTER -> new Register(values, key, true);
      case COUNTER -> new Counter();
      case LIST_APPEND -> new Elements(key);
      case MASTERSHIP -> new Group();
    };
  }

  abstract Question question(Random random, long process);

  abstract Answer apply(long process, String f, JsonNode argument);

  /** A wrong answer instead of a right one; the right one if there is none. */
  abstract JsonNode wrong(String f, JsonNode right);

  private static final class Register extends ExampleObject {
    private static final int LONG_AGO = 16;

    private final int values;
    private final String key;
    private final boolean swaps;
    private final JsonNode[] former = new JsonNode[LONG_AGO];
    private JsonNode state = NONE;
    private long written;

    Register(int values, String key, boolean swaps) {
      this.values = values;
      this.key = key;
      this.swaps = swaps;
    }

    @Override
    Question question(Random random, long process) {
      return switch (random.nextInt(swaps ? 3 : 2)) {
        case 0 -> new Question("read", NONE);
        case 1 -> new Question("write", value(random));
        default -> {
          JsonNode expected = values == 0 || random.nextBoolean() ? state : value(random);
          yield new Question(
              "cas", JsonNodeFactory.instance.arrayNode().add(expected).add(value(random)));
        }
      };
    }

    private JsonNode value(Random random) {
      written++;
      return values == 0
          ? TextNode.valueOf(key + "." + written)
          : LongNode.valueOf(random.nextInt(values));
    }

    @Override
    Answer apply(long process, String f, JsonNode argument) {
      if (f.equals("read")) {
        return new Answer(state, false);
      }
      if (f.equals("cas") && !argument.get(0).equals(state)) {
        return new Answer(NONE, true);
      }
      System.arraycopy(former, 0, former, 1, LONG_AGO - 1);
      former[0] = state;
      state = f.equals("cas") ? argument.get(1) : argument;
      return Answer.NONE;
    }

    @Override
    JsonNode wrong(String f, JsonNode right) {
      JsonNode old = former[LONG_AGO - 1];
      return f.equals("read") && old != null ? old : right;
    }
  }

  private static final class Counter extends ExampleObject {
    private long state;

    @Override
    Question question(Random random, long process) {
      return random.nextBoolean()
          ? new Question("read", NONE)
          : new Question("incr", LongNode.valueOf(1));
    }

    @Override
    Answer apply(long process, String f, JsonNode argument) {
      state += f.equals("incr") ? argument.longValue() : 0;
      return f.equals("read") ? new Answer(LongNode.valueOf(state), false) : Answer.NONE;
    }

    @Override
    JsonNode wrong(String f, JsonNode right) {
      return f.equals("read") ? LongNode.valueOf(right.longValue() / 2) : right;
    }
  }

  private static final class Elements extends ExampleObject {
    private final String key;
    private final ArrayNode state = JsonNodeFactory.instance.arrayNode();
    private long appended;

    Elements(String key) {
      this.key = key;
    }

    @Override
    Question question(Random random, long process) {
      return random.nextBoolean()
          ? new Question("read", NONE)
          : new Question("append", TextNode.valueOf(key + "." + ++appended));
    }

    @Override
    Answer apply(long process, String f, JsonNode argument) {
      if (f.equals("read")) {
        return new Answer(state.deepCopy(), false);
      }
      state.add(argument);
      return Answer.NONE;
    }

    @Override
    JsonNode wrong(String f, JsonNode right) {
      if (!f.equals("read") || right.size() < 2) {
        return right;
      }
      ArrayNode wrong = right.deepCopy();
      wrong.remove(0);
      return wrong;
    }
  }

  /** Servers of which one is master for some time, then another or none. */
  private static final class Group extends ExampleObject {
    private static final int OBSERVATIONS_AN_EPOCH = 1_000;

    private long observations;

    @Override
    Question question(Random random, long process) {
      return new Question("master", NONE);
    }

    @Override
    Answer apply(long process, String f, JsonNode argument) {
      long epoch = 1 + observations++ / OBSERVATIONS_AN_EPOCH;
      return new Answer(epoch % 5 == process ? LongNode.valueOf(epoch) : NONE, false);
    }

    @Override
    JsonNode wrong(String f, JsonNode right) {
      return right.isNull() ? LongNode.valueOf(1) : right;
    }
  }
}
