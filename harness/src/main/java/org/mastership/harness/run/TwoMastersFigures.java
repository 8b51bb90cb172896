package org.mastership.harness.run;

import java.util.List;
import java.util.Map;
import org.mastership.core.Guarantee;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.checker.TwoMasters;

/** How often there were two masters, and for how long after it was explained. */
final class TwoMastersFigures {
  private TwoMastersFigures() {}

  /**
   * What is promised from when on. {@code TIMED} does not promise one master while servers start at
   * different times, which they do where a machine has more servers to start than processors: how
   * often there were two then is a figure, and no more. {@code QUORUM} promises it always.
   *
   * @param wholeNanos when all servers followed one master first, on the clock of the observations
   */
  static List<Observation> sinceWhole(
      Guarantee guarantee, List<Observation> all, long wholeNanos, Map<String, Double> figures) {
    if (guarantee == Guarantee.QUORUM) {
      return all;
    }
    long early = TwoMasters.of(all).stream().filter(two -> two.beginNanos() < wholeNanos).count();
    figures.put("times of two masters at the start", (double) early);
    return all.stream().filter(each -> each.before() >= wholeNanos).toList();
  }

  /**
   * Adds how often there were two, and how long it took at most from the end of the fault that
   * explains it until there was one again. Where one gave up before the fault ended, it took no
   * time.
   *
   * @param originNanos when the run began, on the clock of the observations
   */
  static void addTo(
      Map<String, Double> figures,
      List<Observation> observations,
      List<Fault> faults,
      long originNanos) {
    List<TwoMasters> times = TwoMasters.of(observations);
    figures.put("times of two masters", (double) times.size());
    long worst = 0;
    for (TwoMasters each : times) {
      long begin = each.beginNanos() - originNanos;
      long end = each.endNanos() - originNanos;
      long healed =
          ExplainingFault.of(faults, begin, begin)
              .map(Fault::endNanos)
              .filter(ended -> ended <= end)
              .orElse(end);
      worst = Math.max(worst, end - Math.max(begin, healed));
    }
    if (!times.isEmpty()) {
      figures.put("one master again after healing ms", worst / 1e6);
    }
  }
}
