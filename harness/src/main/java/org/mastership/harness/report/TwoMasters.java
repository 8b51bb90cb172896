package org.mastership.harness.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A time in which two servers both said that they are master, as TIMED allows under a fault.
 *
 * @param fromMillis when the second said so first
 * @param toMillis when one of them said so last
 * @param text who, why, and how long it took after the fault until there was one again
 */
record TwoMasters(double fromMillis, double toMillis, String text) {

  /** All of a run, those of the same two servers and epochs told once. */
  static List<TwoMasters> of(RunData run) {
    List<TwoMasters> found = new ArrayList<>();
    List<Tenure> tenures = run.tenures();
    for (int i = 0; i < tenures.size(); i++) {
      for (int j = i + 1; j < tenures.size(); j++) {
        if (tenures.get(i).overlaps(tenures.get(j))) {
          found.add(of(tenures.get(i), tenures.get(j), run.faults()));
        }
      }
    }
    return found;
  }

  private static TwoMasters of(Tenure one, Tenure other, List<FaultBand> faults) {
    double from = Math.max(one.fromMillis(), other.fromMillis());
    double to = Math.min(one.toMillis(), other.toMillis());
    String masters =
        String.format(
            Locale.ROOT,
            "s%d in epoch %s and s%d in epoch %s, from %.2f s to %.2f s",
            one.server(),
            one.epoch(),
            other.server(),
            other.epoch(),
            from / 1e3,
            to / 1e3);
    return new TwoMasters(from, to, masters + reason(from, to, faults));
  }

  private static String reason(double from, double to, List<FaultBand> faults) {
    Optional<FaultBand> fault =
        faults.stream()
            .filter(each -> !each.kind().equals("crash") && each.fromMillis() <= from)
            .reduce((earlier, later) -> later);
    if (fault.isEmpty()) {
      return "; no fault explains it";
    }
    String explained = "; fault " + fault.get().number() + " explains it, " + fault.get().title();
    double after = to - fault.get().toMillis().orElse(Double.POSITIVE_INFINITY);
    return after < 0
        ? explained
        : String.format(
            Locale.ROOT, "%s; one master again %.0f ms after it had ended", explained, after);
  }
}
