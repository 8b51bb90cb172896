package org.mastership.harness.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mastership.harness.checker.Observation;

/**
 * How long it took from a fault until another server was master: from the beginning of the latest
 * fault that came while the old one was master to the first time that the new one said that it is.
 *
 * @param nanos each of them, the shortest first
 */
record Failovers(List<Long> nanos) {
  Failovers {
    nanos = nanos.stream().sorted().toList();
  }

  /**
   * The failovers of a run. A change of masters that no fault came before is none.
   *
   * @param originNanos when the run began, on the clock of the observations
   */
  static Failovers of(List<Fault> faults, List<Observation> observations, long originNanos) {
    Map<Long, Observation> firstOfEpoch = new TreeMap<>();
    for (Observation each : observations) {
      firstOfEpoch.merge(
          each.token(), each, (old, other) -> old.before() <= other.before() ? old : other);
    }
    List<Long> nanos = new ArrayList<>();
    Observation old = null;
    for (Observation next : firstOfEpoch.values()) {
      if (old != null && !old.server().equals(next.server())) {
        long gained = next.after() - originNanos;
        lastBetween(faults, old.before() - originNanos, gained)
            .ifPresent(fault -> nanos.add(gained - fault.beginNanos()));
      }
      old = next;
    }
    return new Failovers(nanos);
  }

  private static Optional<Fault> lastBetween(List<Fault> faults, long from, long to) {
    return faults.stream()
        .filter(fault -> fault.kind() != FaultKind.HAND_OVER)
        .filter(fault -> fault.beginNanos() >= from && fault.beginNanos() < to)
        .reduce((earlier, later) -> later);
  }

  /** Adds how many there were and, if there were any, the middle and the longest. */
  void addTo(Map<String, Double> figures) {
    figures.put("failovers", (double) nanos.size());
    if (!nanos.isEmpty()) {
      figures.put("failover ms, median", nanos.get(nanos.size() / 2) / 1e6);
      figures.put("failover ms, worst", Collections.max(nanos) / 1e6);
    }
  }
}
