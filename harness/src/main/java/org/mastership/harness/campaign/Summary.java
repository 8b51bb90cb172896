package org.mastership.harness.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mastership.harness.run.Ground;

/**
 * What came of a campaign, or of as much of it as was run.
 *
 * @param planned how many runs it has in all
 * @param missing the grounds that can not run here, and why
 * @param outcomes of the runs, in order
 */
public record Summary(int planned, Map<Ground, String> missing, List<Outcome> outcomes) {
  public Summary {
    missing = Map.copyOf(missing);
    outcomes = List.copyOf(outcomes);
  }

  /** How many runs came to their end. */
  public long ended() {
    return outcomes.stream()
        .filter(outcome -> outcome.verdict() != Outcome.Verdict.INTERRUPTED)
        .count();
  }

  /** The runs that say that something is wrong. */
  public List<Outcome> bad() {
    return outcomes.stream().filter(Outcome::isBad).toList();
  }

  /** Whether all that was planned was run, and is clean. */
  public boolean isClean() {
    return ended() == planned && bad().isEmpty();
  }

  /** The table. */
  public List<Row> rows() {
    return Row.of(outcomes);
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!outcomes.isEmpty()) {
      lines.addAll(Row.lines(rows()));
    }
    missing.forEach((ground, why) -> lines.add("not run on " + ground + ": " + why));
    bad().forEach(outcome -> lines.add(outcome.verdict() + "   " + outcome.folder()));
    long clean = outcomes.stream().filter(each -> each.verdict() == Outcome.Verdict.CLEAN).count();
    String counts = clean + " of " + planned + " runs clean";
    String notRun = ended() == planned ? "" : ", " + (planned - ended()) + " not run to their end";
    lines.add(
        "campaign: "
            + (isClean() ? "clean" : bad().isEmpty() ? "not complete" : "NOT CLEAN")
            + "   "
            + counts
            + notRun);
    return lines;
  }
}
