package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.mastership.harness.history.Operation;

/**
 * Which states of one key an answer can tell apart. Two states that no answer tells apart, now or
 * after any more operations, are the same for a search: it keeps one for all of them.
 */
abstract class Observable {
  /** The state that stands for all that are as good as this one. */
  abstract JsonNode representative(JsonNode state);

  /** Whether an operation that need not happen can as well be left out if it leads here. */
  boolean isUseless(JsonNode state) {
    return false;
  }

  static Observable of(KeyHistory history) {
    if (history.hasOnly(Action.READ, Action.WRITE, Action.DELETE, Action.COMPARE_AND_SET)) {
      return new Values(history);
    }
    if (history.hasOnly(Action.READ, Action.WRITE, Action.CONCATENATE)) {
      return new Texts(history);
    }
    return history.hasOnly(Action.READ, Action.APPEND, Action.APPEND_AND_TELL)
        ? new Lists(history)
        : new Anything();
  }

  /** Every state may matter. */
  private static final class Anything extends Observable {
    @Override
    JsonNode representative(JsonNode state) {
      return state;
    }
  }

  /** Values that are read, written and swapped as a whole: those that an answer needs matter. */
  private static final class Values extends Observable {
    private final Set<JsonNode> needed = new HashSet<>();

    Values(KeyHistory history) {
      for (Operation operation : history.operations()) {
        JsonNode shown = history.shown(operation);
        if (shown != null) {
          needed.add(shown);
        } else if (history.action(operation) == Action.COMPARE_AND_SET) {
          needed.add(operation.argument().path(0));
        }
      }
    }

    @Override
    JsonNode representative(JsonNode state) {
      return needed.contains(state) ? state : MissingNode.getInstance();
    }
  }

  /** Texts that grow: those that a read begins with matter; nothing else looks at them. */
  private static final class Texts extends Observable {
    private final TreeSet<String> read = new TreeSet<>();

    /** Longer than all that was read, so it never becomes one of them. */
    private final JsonNode unseen;

    Texts(KeyHistory history) {
      for (Operation operation : history.operations()) {
        JsonNode shown = history.shown(operation);
        if (shown != null) {
          read.add(shown.asText());
        }
      }
      int longest = read.stream().mapToInt(String::length).max().orElse(0);
      unseen = TextNode.valueOf("?".repeat(longest + 1));
    }

    @Override
    JsonNode representative(JsonNode state) {
      String next = read.ceiling(state.asText());
      return next != null && next.startsWith(state.asText()) ? state : unseen;
    }

    @Override
    boolean isUseless(JsonNode state) {
      return state.equals(unseen);
    }
  }

  /** Lists that grow: of those that no read begins with only the length may matter. */
  private static final class Lists extends Observable {
    private final TreeSet<JsonNode> read = new TreeSet<>(Lists::compare);

    Lists(KeyHistory history) {
      for (Operation operation : history.operations()) {
        JsonNode shown = history.shown(operation);
        if (shown != null && shown.isArray()) {
          read.add(shown);
        }
      }
    }

    @Override
    JsonNode representative(JsonNode state) {
      JsonNode next = read.ceiling(state);
      if (state.isEmpty() || (next != null && commonLength(state, next) == state.size())) {
        return state;
      }
      ArrayNode unseen = JsonNodeFactory.instance.arrayNode(state.size());
      for (int i = 0; i < state.size(); i++) {
        unseen.add(MissingNode.getInstance());
      }
      return unseen;
    }

    /**
     * Orders lists by their first different element, so that those of one beginning are together.
     */
    private static int compare(JsonNode one, JsonNode other) {
      int common = commonLength(one, other);
      if (common == one.size() || common == other.size()) {
        return Integer.compare(one.size(), other.size());
      }
      return one.get(common).toString().compareTo(other.get(common).toString());
    }

    private static int commonLength(JsonNode one, JsonNode other) {
      int length = Math.min(one.size(), other.size());
      for (int i = 0; i < length; i++) {
        if (!one.get(i).equals(other.get(i))) {
          return i;
        }
      }
      return length;
    }
  }
}
