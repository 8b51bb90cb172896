package org.mastership.harness.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mastership.harness.checker.Observation;

/**
 * A time in which two servers were master, as they said themselves: from the first observation of
 * the later one to the last observation of whichever ended first.
 *
 * @param beginNanos on the clock of the observations
 */
record TwoMasters(Tenure one, Tenure other, long beginNanos, long endNanos) {

  /** What one server surely held under one token. */
  record Tenure(String server, long token, long firstNanos, long lastNanos) {
    private static Tenure of(Observation observation) {
      return new Tenure(
          observation.server(), observation.token(), observation.after(), observation.before());
    }

    private Tenure with(Tenure other) {
      return new Tenure(
          server,
          token,
          Math.min(firstNanos, other.firstNanos),
          Math.max(lastNanos, other.lastNanos));
    }
  }

  /** All such times of a run. */
  static List<TwoMasters> of(List<Observation> observations) {
    Map<String, Tenure> tenures = new HashMap<>();
    for (Observation each : observations) {
      if (each.token() != 0) {
        tenures.merge(each.server() + "/" + each.token(), Tenure.of(each), Tenure::with);
      }
    }
    List<Tenure> all = new ArrayList<>(tenures.values());
    List<TwoMasters> found = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        overlap(all.get(i), all.get(j)).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<TwoMasters> overlap(Tenure one, Tenure other) {
    long begin = Math.max(one.firstNanos, other.firstNanos);
    long end = Math.min(one.lastNanos, other.lastNanos);
    return one.server.equals(other.server) || begin >= end
        ? Optional.empty()
        : Optional.of(new TwoMasters(one, other, begin, end));
  }

  /**
   * Adds how often there were two, and how long it took at most from the end of a fault until there
   * was one again. Where one gave up before the fault ended, it took no time.
   *
   * @param originNanos when the run began, on the clock of the observations
   */
  static void addTo(
      Map<String, Double> figures,
      List<Observation> observations,
      List<Fault> faults,
      long originNanos) {
    List<TwoMasters> times = of(observations);
    figures.put("times of two masters", (double) times.size());
    long worst = 0;
    for (TwoMasters each : times) {
      long begin = each.beginNanos - originNanos;
      long end = each.endNanos - originNanos;
      long healed =
          faults.stream()
              .filter(fault -> fault.beginNanos() <= begin && fault.endNanos() <= end)
              .mapToLong(Fault::endNanos)
              .max()
              .orElse(end);
      worst = Math.max(worst, end - Math.max(begin, healed));
    }
    if (!times.isEmpty()) {
      figures.put("one master again after healing ms", worst / 1e6);
    }
  }
}
