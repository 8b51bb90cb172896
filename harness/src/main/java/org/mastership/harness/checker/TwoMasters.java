package org.mastership.harness.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A time in which two servers were master, as they said themselves: from the first observation of
 * the later one to the last observation of whichever ended first.
 *
 * @param beginNanos on the clock of the observations
 */
public record TwoMasters(Tenure one, Tenure other, long beginNanos, long endNanos) {

  /** What one server surely held under one token. */
  public record Tenure(String server, long token, long firstNanos, long lastNanos) {
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

  /** All such times of a run, one for two servers and their tokens. */
  public static List<TwoMasters> of(List<Observation> observations) {
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
}
