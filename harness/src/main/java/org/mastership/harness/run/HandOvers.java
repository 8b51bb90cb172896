package org.mastership.harness.run;

import java.util.List;
import java.util.Map;

/** How long nobody was answered while a master handed over, and nothing else went wrong. */
final class HandOvers {
  /** What happens within this time of a hand-over may have to do with it. */
  private static final long AROUND_NANOS = 200_000_000;

  /** The master is told to go at the beginning, so the time without an answer begins soon. */
  private static final long BEGINS_WITHIN_NANOS = 50_000_000;

  private HandOvers() {}

  /** Adds how many there were and, if there were any, the middle and the longest of these times. */
  static void addTo(Map<String, Double> figures, List<Fault> faults, Answers answers) {
    List<Double> gaps =
        faults.stream()
            .filter(fault -> fault.kind() == FaultKind.HAND_OVER)
            .filter(
                fault ->
                    fault.isAlone(
                        faults,
                        fault.beginNanos() - AROUND_NANOS,
                        fault.beginNanos() + AROUND_NANOS))
            .map(
                fault ->
                    answers.longestGapMillis(
                        fault.beginNanos(), fault.beginNanos() + BEGINS_WITHIN_NANOS))
            .toList();
    if (!gaps.isEmpty()) {
      figures.put("hand-overs alone", (double) gaps.size());
    }
    Times.addTo(figures, "hand-over without answer", gaps);
  }
}
