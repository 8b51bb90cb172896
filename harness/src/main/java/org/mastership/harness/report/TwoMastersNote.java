package org.mastership.harness.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mastership.core.Epoch;
import org.mastership.harness.checker.TwoMasters;
import org.mastership.harness.run.ExplainingFault;

/**
 * What the page says of a time in which two servers were master, as TIMED allows under a fault.
 *
 * @param fromMillis when the second said so first
 * @param toMillis when one of them said so last
 * @param text who, why, and how long it took after the fault until there was one again
 */
record TwoMastersNote(double fromMillis, double toMillis, String text) {

  /** All of a run. */
  static List<TwoMastersNote> of(List<TwoMasters> times, List<FaultBand> faults) {
    return times.stream().map(each -> of(each, faults)).toList();
  }

  private static TwoMastersNote of(TwoMasters two, List<FaultBand> faults) {
    double from = two.beginNanos() / 1e6;
    double to = two.endNanos() / 1e6;
    String masters =
        String.format(
            Locale.ROOT,
            "%s and %s, from %.2f s to %.2f s",
            text(two.one()),
            text(two.other()),
            from / 1e3,
            to / 1e3);
    return new TwoMastersNote(from, to, masters + reason(two, faults));
  }

  private static String text(TwoMasters.Tenure tenure) {
    return tenure.server() + " in epoch " + Epoch.ofToken(tenure.token());
  }

  private static String reason(TwoMasters two, List<FaultBand> faults) {
    Optional<FaultBand> found =
        ExplainingFault.of(
                faults.stream().map(FaultBand::fault).toList(), two.beginNanos(), two.beginNanos())
            .map(FaultBand::new);
    if (found.isEmpty()) {
      return "; no fault explains it";
    }
    FaultBand fault = found.get();
    String explained = "; fault " + fault.number() + " explains it, " + fault.title();
    double after = two.endNanos() / 1e6 - fault.toMillis().orElse(Double.POSITIVE_INFINITY);
    return after < 0
        ? explained
        : String.format(
            Locale.ROOT, "%s; one master again %.0f ms after it had ended", explained, after);
  }
}
