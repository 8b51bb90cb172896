package org.mastership.spec.trace;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state of each server, from what the lines of a trace say has changed. A field is made a value
 * of TLC once, when it changes: logs are long.
 */
final class States {
  private final Map<Long, Map<?, ?>> servers = new HashMap<>();

  /** The line of a transition with the whole states before and after it. */
  Map<?, ?> complete(Transition transition) {
    Map<Object, Object> line = new TreeMap<>(transition.fields());
    if (transition.begins()) {
      line.put("after", changed(Map.of(), Fields.of(line, "after")));
    } else {
      Map<?, ?> last = servers.getOrDefault(transition.server(), Map.of());
      Map<?, ?> before = changed(last, Fields.of(line, "passed"));
      line.put("before", before);
      line.put("after", changed(before, Fields.of(line, "changed")));
    }
    servers.put(transition.server(), (Map<?, ?>) Fields.of(line, "after"));
    return line;
  }

  private static Map<?, ?> changed(Map<?, ?> state, Object changes) {
    Map<Object, Object> changed = new TreeMap<>(state);
    ((Map<?, ?>) changes).forEach((field, value) -> changed.put(field, TlcValues.of(value)));
    return changed;
  }
}
