package org.mastership.harness.run;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mastership.core.Guarantee;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.fencing.FencedLedger;

/**
 * What a run has left, on whatever ground it was.
 *
 * @param originNanos when it began, on the clock of the history and of the observations
 * @param faults what went wrong
 * @param masterships what servers said of theirs
 * @param resource what the resource outside has seen
 */
record Evidence(
    RunSettings settings,
    RunFolder folder,
    long originNanos,
    List<Fault> faults,
    List<Observation> masterships,
    FencedLedger.Seen resource) {

  /**
   * Judges a run that came to its end.
   *
   * @param load what used the group
   * @param findings those there are already; what is found is added
   * @param figures as well
   */
  RunResult judged(Load load, List<Finding> findings, Map<String, Double> figures)
      throws IOException {
    return judged(load, findings, figures, true);
  }

  /**
   * The same of a run that may have been interrupted.
   *
   * @param complete whether it was not
   */
  RunResult judged(Load load, List<Finding> findings, Map<String, Double> figures, boolean complete)
      throws IOException {
    Judge judge = new Judge(settings, faults, originNanos, complete);
    findings.add(judge.masterships(masterships));
    findings.addAll(load.findings(judge, folder.history()));
    findings.add(judge.resource(resource));
    Answers answers = Answers.of(folder.history(), originNanos);
    figures.put("faults", (double) faults.size());
    figures.put("answered requests", (double) answers.count());
    figures.put("unanswered requests", (double) answers.failed());
    figures.put("latency ms, median", answers.millis(50));
    figures.put("latency ms, 99 %", answers.millis(99));
    figures.put("availability % outside faults", 100 * answers.availability(faults, false));
    figures.put("availability % during faults", 100 * answers.availability(faults, true));
    figures.put("longest time without answer ms", answers.longestGapMillis());
    Failovers.of(faults, masterships, originNanos).addTo(figures);
    HandOvers.addTo(figures, faults, answers);
    if (settings.guarantee() == Guarantee.TIMED) {
      TwoMastersFigures.addTo(figures, masterships, faults, originNanos);
    }
    figures.put("late writes refused by the resource", (double) resource.refused());
    return new RunResult(folder.path(), List.copyOf(findings), new LinkedHashMap<>(figures));
  }
}
