package org.mastership.harness.run;

import java.util.List;
import java.util.Map;

/** What a run says of times of one kind. */
final class Times {
  private Times() {}

  /** Adds the middle and the longest one, if there are any. */
  static void addTo(Map<String, Double> figures, String what, List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    if (!sorted.isEmpty()) {
      figures.put(what + " ms, median", sorted.get(sorted.size() / 2));
      figures.put(what + " ms, worst", sorted.get(sorted.size() - 1));
    }
  }
}
