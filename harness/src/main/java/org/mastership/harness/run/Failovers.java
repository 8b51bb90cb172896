package org.mastership.harness.run;

import java.util.ArrayList;
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
 * @param gaps how long there was no master in each change of masters after a fault, ns
 * @param nanos how long those took that only one fault had to do with
 */
record Failovers(List<Long> gaps, List<Long> nanos) {
  Failovers {
    gaps = List.copyOf(gaps);
    nanos = List.copyOf(nanos);
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
      Optional<Fault> cause = old == null ? Optional.empty() : cause(faults, old, next);
      if (old != null && cause.isPresent()) {
        long begin = cause.get().beginNanos();
        gaps.add(Math.max(0, next.firstNanos - old.lastNanos));
        if (cause.get().endNanos() > old.lastNanos
            && cause.get().isAlone(faults, begin, next.firstNanos)) {
          nanos.add(next.firstNanos - begin);
        }
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

  /** The latest fault that came while the old one was master, or before the new one was. */
  private static Optional<Fault> cause(List<Fault> faults, Tenure old, Tenure next) {
    return faults.stream()
        .filter(fault -> !old.server.equals(next.server))
        .filter(fault -> fault.kind() != FaultKind.HAND_OVER)
        .filter(fault -> fault.beginNanos() >= old.firstNanos)
        .filter(fault -> fault.beginNanos() < next.firstNanos)
        .reduce((earlier, later) -> later);
  }

  /** Adds how many there were and, of those that have a time, the middle and the longest. */
  void addTo(Map<String, Double> figures) {
    figures.put("failovers", (double) gaps.size());
    Times.addTo(figures, "without a master", millis(gaps));
    if (!nanos.isEmpty()) {
      figures.put("failovers of one fault", (double) nanos.size());
    }
    Times.addTo(figures, "failover", millis(nanos));
  }

  private static List<Double> millis(List<Long> nanos) {
    return nanos.stream().map(each -> each / 1e6).toList();
  }
}
