package org.mastership.harness.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mastership.harness.checker.Bounds;
import org.mastership.harness.checker.ExactlyOnce;
import org.mastership.harness.checker.KnownModel;
import org.mastership.harness.checker.LinearizabilityChecker;
import org.mastership.harness.checker.MastershipChecker;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.checker.Verdict;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.history.Operation;
import org.mastership.harness.workload.Traffic;

/** Says what a demonstration has shown. */
record Judgement(Demo.Settings settings, List<Failover> failovers, Traffic.Counts counts) {

  DemoResult of(Path history, List<Observation> masterships, List<String> problems, Path folder)
      throws IOException {
    Map<String, List<Operation>> operations = HistoryReader.operations(history);
    Verdict verdict =
        new LinearizabilityChecker(KnownModel.SERVICE, Bounds.DEFAULT).check(operations);
    ExactlyOnce exactlyOnce = ExactlyOnce.of(operations);
    List<String> found = new ArrayList<>(problems);
    if (verdict instanceof Verdict.NotLinearizable not) {
      found.add("key " + not.key() + ": " + not.reason());
      not.operations().forEach(operation -> found.add("  " + operation.text()));
    }
    if (exactlyOnce.unread() > 0) {
      found.add(exactlyOnce.unread() + " answered requests could not be looked for at the end");
    }
    MastershipChecker.problem(masterships).ifPresent(found::add);
    if (failovers.size() < settings.kills()) {
      found.add("only " + failovers.size() + " of " + settings.kills() + " kills were survived");
    }
    if (!found.isEmpty() || !exactlyOnce.isClean() || !(verdict instanceof Verdict.Linearizable)) {
      found.add("the history, and each server's log and data, are in " + folder);
    }
    return new DemoResult(settings, failovers, counts, exactlyOnce, verdict.text(), found);
  }
}
