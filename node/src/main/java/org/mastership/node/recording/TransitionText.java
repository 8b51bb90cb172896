package org.mastership.node.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.StringJoiner;
import org.mastership.core.Effect;
import org.mastership.core.Input;
import org.mastership.core.Rule;
import org.mastership.core.State;
import org.mastership.core.Step;

/** A transition as one line of text. */
@FunctionalInterface
public interface TransitionText {
  /** The line of one transition. */
  String of(int number, long nowNanos, State before, Input input, Step step);

  /** For people: the input, the rules, what the server is after it, the effects. */
  static TransitionText lines() {
    return (number, now, before, input, step) -> {
      StringJoiner rules = new StringJoiner(" ");
      for (Rule rule : step.rules()) {
        rules.add(rule.name());
      }
      StringJoiner effects = new StringJoiner(", ");
      for (Effect effect : step.effects()) {
        effects.add(effect.toString());
      }
      State after = step.state();
      return number
          + " "
          + now
          + " "
          + input
          + " | "
          + rules
          + " | "
          + after.role()
          + " "
          + after.mastership()
          + " highest "
          + after.highest()
          + " last "
          + after.log().last()
          + " committed "
          + after.committed()
          + " executed "
          + after.executed()
          + " | "
          + effects;
    };
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
