package org.mastership.spec.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.mastership.spec.TlaText;

/** Says in what a transition differs from what the specification allows in its place. */
final class Rejection {
  private Rejection() {}

  /**
   * The differences from the outcome that is nearest.
   *
   * @param shown what module Trace says, one for each outcome that it allows
   */
  static List<String> reasons(Transition transition, List<String> shown) {
    return shown.stream()
        .map(text -> reasons(transition, TlaText.value(text)))
        .min(Comparator.comparingInt(List::size))
        .orElseGet(
            () ->
                List.of("no step is possible here: what this input needs has not happened before"));
  }

  private static List<String> reasons(Transition transition, Object shown) {
    if (!(shown instanceof Map<?, ?> said)) {
      return List.of("the server has transitions before it begins");
    }
    Map<?, ?> recorded = (Map<?, ?>) Fields.of(said, "recorded");
    if (said.get("last") instanceof Map<?, ?> last) {
      return differences("before the input, time can not have changed ", recorded, last);
    }
    List<String> reasons =
        differences("after it, ", recorded, (Map<?, ?>) Fields.of(said, "allowed"));
    if (!transition.sent().equals(said.get("out"))) {
      reasons.add("sent: recorded " + transition.sent() + ", allowed " + said.get("out"));
    }
    return reasons;
  }

  private static List<String> differences(String when, Map<?, ?> recorded, Map<?, ?> allowed) {
    List<String> differences = new ArrayList<>();
    for (Object field : new TreeSet<>(recorded.keySet())) {
      if (!Objects.equals(recorded.get(field), allowed.get(field))) {
        differences.add(
            when + field + ": recorded " + recorded.get(field) + ", allowed " + allowed.get(field));
      }
    }
    return differences;
  }
}
