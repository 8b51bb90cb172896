package org.mastership.harness.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import org.mastership.core.Guarantee;
import org.mastership.harness.checker.Bounds;
import org.mastership.harness.checker.KnownModel;
import org.mastership.harness.checker.LinearizabilityChecker;
import org.mastership.harness.checker.MastershipChecker;
import org.mastership.harness.checker.MastershipChecker.Contradiction;
import org.mastership.harness.checker.Model;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.checker.Verdict;
import org.mastership.harness.fencing.FencedLedger;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.history.Operation;
import org.mastership.harness.workload.Kind;

/**
 * Says what a run shows. What {@code TIMED} does not promise is no failure where a fault explains
 * it, see {@link ExplainingFault}.
 */
final class Judge {
  private final RunSettings settings;
  private final List<Fault> faults;
  private final long originNanos;
  private final boolean complete;

  Judge(RunSettings settings, List<Fault> faults, long originNanos) {
    this(settings, faults, originNanos, true);
  }

  /**
   * @param complete whether the run came to its end: it shows nothing if nobody was answered, but
   *     one that was interrupted had perhaps not come so far
   */
  Judge(RunSettings settings, List<Fault> faults, long originNanos, boolean complete) {
    this.settings = settings;
    this.faults = faults;
    this.originNanos = originNanos;
    this.complete = complete;
  }

  /** The masterships: one holder of an epoch, and no epoch seen after a later one. */
  Finding masterships(List<Observation> observations) {
    Optional<Contradiction> found = MastershipChecker.contradiction(observations);
    if (found.isEmpty()) {
      return new Finding(
          "mastership", "linearizable", true, observations.size() + " observations", List.of());
    }
    Optional<Contradiction> unexplained =
        MastershipChecker.contradiction(observations, each -> reason(each).isPresent());
    Contradiction shown = unexplained.orElse(found.get());
    return broken(
        "mastership",
        unexplained.isPresent() ? Optional.empty() : reason(shown),
        shown.text(),
        List.of(shown.first().toString(), shown.second().toString()));
  }

  private Optional<Fault> reason(Contradiction contradiction) {
    return reason(contradiction.first().before(), contradiction.second().before());
  }

  /** What masters wrote outside: a token is one server's, and late writes are refused. */
  Finding resource(FencedLedger.Seen seen) {
    String sentence =
        seen.accepted()
            + " writes accepted with "
            + seen.tokens()
            + " tokens, "
            + seen.refused()
            + " late ones refused";
    boolean isGood = seen.problem().isEmpty() && isEnough(seen.accepted());
    return new Finding(
        "fenced resource",
        isGood ? "kept" : "broken",
        isGood,
        seen.problem().orElse(sentence),
        List.of());
  }

  /** One finding for each workload. */
  List<Finding> workloads(Path history) throws IOException {
    Map<String, List<Operation>> all = HistoryReader.operations(history);
    List<Finding> findings = new ArrayList<>();
    for (Kind kind : settings.workloads()) {
      Map<String, List<Operation>> own = new LinkedHashMap<>();
      all.forEach(
          (key, operations) -> {
            if (key.startsWith(kind.keyPrefix())) {
              own.put(key, operations);
            }
          });
      findings.add(workload(kind.toString(), KnownModel.SERVICE, own));
    }
    return findings;
  }

  /** The finding on objects of one kind. */
  Finding workload(String what, Model model, Map<String, List<Operation>> operations) {
    Verdict verdict = new LinearizabilityChecker(model, Bounds.DEFAULT).check(operations);
    if (verdict instanceof Verdict.NotLinearizable not) {
      LongSummaryStatistics invoked =
          not.operations().stream().mapToLong(Operation::invokedNanos).summaryStatistics();
      return broken(
          what,
          reason(invoked.getMin(), invoked.getMax()),
          (not.key().isEmpty() ? "" : "key " + not.key() + ": ") + not.reason(),
          not.operations().stream().map(Operation::text).toList());
    }
    long count = operations.values().stream().mapToLong(List::size).sum();
    boolean isGood = verdict instanceof Verdict.Linearizable && isEnough(count);
    return new Finding(what, verdict.text(), isGood, count + " operations", List.of());
  }

  private boolean isEnough(long count) {
    return count > 0 || !complete;
  }

  private Finding broken(
      String what, Optional<Fault> reason, String sentence, List<String> explanation) {
    return new Finding(
        what,
        reason.isPresent() ? "not linearizable, as timed allows" : "not linearizable",
        reason.isPresent(),
        reason
            .map(
                fault ->
                    "fault %d explains it (%s %s, from %.1f s): %s"
                        .formatted(
                            fault.number(),
                            fault.kind(),
                            fault.text(),
                            fault.beginNanos() / 1e9,
                            sentence))
            .orElse(sentence),
        explanation);
  }

  private Optional<Fault> reason(long firstNanos, long lastNanos) {
    return settings.guarantee() == Guarantee.QUORUM
        ? Optional.empty()
        : ExplainingFault.of(faults, firstNanos - originNanos, lastNanos - originNanos);
  }
}
