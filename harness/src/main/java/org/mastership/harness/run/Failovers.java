package org.mastership.harness.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mastership.harness.checker.Observation;

/**
 * Changes of masters that faults caused, and how long it took from the fault until another server
 * was master: from its beginning to the first time that the new one said that it is. That is a time
 * of the group only where one fault was in force: two can leave no majority that hears each other,
 * and then the end of one decides. Nor is it one where the old master outlived the fault.
 *
 * @param gaps how long there was no master in all changes of masters after a fault, the shortest
 *     first
 * @param nanos how long those took that only one fault had to do with, the shortest first
 */
record Failovers(List<Long> gaps, List<Long> nanos) {
  Failovers {
    gaps = gaps.stream().sorted().toList();
    nanos = nanos.stream().sorted().toList();
  }

  /** When a server was first and last seen to be master in one epoch. */
  private record Tenure(String server, long firstNanos, long lastNanos) {
    Tenure with(Tenure other) {
      return new Tenure(
          server, Math.min(firstNanos, other.firstNanos), Math.max(lastNanos, other.lastNanos));
    }
  }

  /**
   * The failovers of a run. A change of masters that no fault came before is none.
   *
   * @param originNanos when the run began, on the clock of the observations
   */
  static Failovers of(List<Fault> faults, List<Observation> observations, long originNanos) {
    List<Long> gaps = new ArrayList<>();
    List<Long> nanos = new ArrayList<>();
    Tenure old = null;
    for (Tenure next : tenures(observations, originNanos).values()) {
      if (old != null && !old.server.equals(next.server)) {
        Optional<Fault> cause = lastBetween(faults, old.firstNanos, next.firstNanos);
        long lastNanos = old.lastNanos;
        cause.ifPresent(fault -> gaps.add(Math.max(0, next.firstNanos - lastNanos)));
        cause
            .filter(fault -> fault.endNanos() > lastNanos)
            .filter(fault -> isAlone(fault, faults, next.firstNanos))
            .ifPresent(fault -> nanos.add(next.firstNanos - fault.beginNanos()));
      }
      old = next;
    }
    return new Failovers(gaps, nanos);
  }

  private static Map<Long, Tenure> tenures(List<Observation> observations, long originNanos) {
    Map<Long, Tenure> tenures = new TreeMap<>();
    for (Observation each : observations) {
      long at = each.after() - originNanos;
      tenures.merge(each.token(), new Tenure(each.server(), at, at), Tenure::with);
    }
    return tenures;
  }

  private static Optional<Fault> lastBetween(List<Fault> faults, long from, long to) {
    return faults.stream()
        .filter(fault -> fault.kind() != FaultKind.HAND_OVER)
        .filter(fault -> fault.beginNanos() >= from && fault.beginNanos() < to)
        .reduce((earlier, later) -> later);
  }

  private static boolean isAlone(Fault fault, List<Fault> faults, long until) {
    return faults.stream()
        .allMatch(
            other ->
                other.equals(fault)
                    || other.endNanos() <= fault.beginNanos()
                    || other.beginNanos() >= until);
  }

  /** Adds how many there were and, of those that have a time, the middle and the longest. */
  void addTo(Map<String, Double> figures) {
    figures.put("failovers", (double) gaps.size());
    addTo(figures, "without a master", gaps);
    if (!nanos.isEmpty()) {
      figures.put("failovers of one fault", (double) nanos.size());
    }
    addTo(figures, "failover", nanos);
  }

  private static void addTo(Map<String, Double> figures, String what, List<Long> sorted) {
    if (!sorted.isEmpty()) {
      figures.put(what + " ms, median", sorted.get(sorted.size() / 2) / 1e6);
      figures.put(what + " ms, worst", Collections.max(sorted) / 1e6);
    }
  }
}
