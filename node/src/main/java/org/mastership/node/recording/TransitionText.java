package org.mastership.node.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import org.mastership.core.Effect;
import org.mastership.core.Input;
import org.mastership.core.State;
import org.mastership.core.Step;

/** A transition as one line of text. */
@FunctionalInterface
public interface TransitionText {
  /** The line of one transition. */
  String of(int number, long nowNanos, State before, Input input, Step step);

  /** For people: the input, the rules, what changed in the state, the effects. */
  static TransitionText lines() {
    return (number, now, before, input, step) ->
        number
            + " "
            + now
            + " "
            + input
            + " | "
            + joined(step.rules(), " ")
            + " | "
            + Difference.of(before, step.state())
            + " | "
            + joined(step.effects(), ", ");
  }

  private static String joined(List<?> values, String between) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(between));
  }

  /** For programs: everything, the whole state included. */
  static TransitionText json() {
    ObjectMapper mapper = RecordingFormat.json();
    return (number, now, before, input, step) -> {
      ObjectNode line = mapper.createObjectNode();
      line.put("server", number);
      line.put("now", now);
      line.set("input", RecordingFormat.tree(mapper, input, Input.class));
      line.set("rules", mapper.valueToTree(step.rules()));
      line.set("state", mapper.valueToTree(step.state()));
      var effects = line.putArray("effects");
      for (Effect effect : step.effects()) {
        effects.add(RecordingFormat.tree(mapper, effect, Effect.class));
      }
      try {
        return mapper.writeValueAsString(line);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a transition can not be written as JSON", e);
      }
    };
  }
}
