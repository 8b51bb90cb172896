package org.mastership.harness.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.jspecify.annotations.Nullable;

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

  static ExampleObject of(ExampleHistory.Settings settings, String key) {
    int longAgo = settings.processes() + 8;
    return switch (settings.kind()) {
      case REGISTER -> new Register(settings.values(), longAgo, key, false);
      case CAS_REGISTER -> new Register(settings.values(), longAgo, key, true);
      case COUNTER -> new Counter();
      case LIST_APPEND -> new Elements(key);
      case MASTERSHIP -> new Group();
    };
  }

  abstract Question question(Random random, long process);

  abstract Answer apply(long process, String f, JsonNode argument);

  /** Hears that a process was told that its change has happened. */
  void changed(JsonNode argument) {}

  /** What was a right answer once, and is a wrong one for a question of now; null for none. */
  abstract @Nullable JsonNode stale(String f);

  private static final class Register extends ExampleObject {
    private final int values;
    private final int longAgo;
    private final String key;
    private final boolean swaps;

    /** Values of writes in the order of their answers, more than can have been asked before. */
    private final Deque<JsonNode> former = new ArrayDeque<>();

    private JsonNode state = NONE;
    private long written;

    Register(int values, int longAgo, String key, boolean swaps) {
      this.values = values;
      this.longAgo = longAgo;
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
      state = f.equals("cas") ? argument.get(1) : argument;
      return Answer.NONE;
    }

    @Override
    void changed(JsonNode argument) {
      former.addLast(argument.isArray() ? argument.get(1) : argument);
      if (former.size() > longAgo) {
        former.removeFirst();
      }
    }

    @Override
    @Nullable JsonNode stale(String f) {
      return f.equals("read") && former.size() == longAgo ? former.getFirst() : null;
    }
  }

  private static final class Counter extends ExampleObject {
    private long state;
    private long answered;

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
    void changed(JsonNode argument) {
      answered += argument.longValue();
    }

    @Override
    @Nullable JsonNode stale(String f) {
      return f.equals("read") && answered > 0 ? LongNode.valueOf(answered - 1) : null;
    }
  }

  private static final class Elements extends ExampleObject {
    private final String key;
    private final ArrayNode state = JsonNodeFactory.instance.arrayNode();
    private long appended;
    private JsonNode answered = NONE;

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
    void changed(JsonNode argument) {
      answered = argument;
    }

    @Override
    @Nullable JsonNode stale(String f) {
      if (!f.equals("read") || answered.isNull()) {
        return null;
      }
      ArrayNode stale = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; !state.get(i).equals(answered); i++) {
        stale.add(state.get(i));
      }
      return stale;
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
      long epoch = 2 + observations++ / OBSERVATIONS_AN_EPOCH;
      return new Answer(epoch % 5 == process ? LongNode.valueOf(epoch) : NONE, false);
    }

    @Override
    JsonNode stale(String f) {
      return LongNode.valueOf(1);
    }
  }
}
