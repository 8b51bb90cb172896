package org.mastership.harness.campaign;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.mastership.harness.run.Finding;
import org.mastership.harness.run.RunResult;

/**
 * What came of one run of a campaign.
 *
 * @param folder its files
 * @param seconds how long it took, with start and judgement
 * @param bad what is not as it should be, a sentence each
 */
public record Outcome(
    PlannedRun run,
    Path folder,
    Verdict verdict,
    double seconds,
    List<String> bad,
    Map<String, Double> figures) {
  public Outcome {
    bad = List.copyOf(bad);
    figures = Map.copyOf(figures);
  }

  /** In a word or two. */
  public enum Verdict {
    /** All is as promised. */
    CLEAN("clean"),
    /** A promise is broken, or the group was not whole in the end. */
    NOT_CLEAN("NOT CLEAN"),
    /** There was no such run: something in the way, which is not a verdict on the servers. */
    FAILED("FAILED"),
    /** It was ended from outside; what was seen until then is as promised. */
    INTERRUPTED("interrupted");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static Outcome of(PlannedRun run, RunResult result, boolean interrupted, double seconds) {
    Verdict verdict =
        !result.isClean() ? Verdict.NOT_CLEAN : interrupted ? Verdict.INTERRUPTED : Verdict.CLEAN;
    List<String> bad =
        result.findings().stream()
            .filter(finding -> !finding.isGood())
            .map(Outcome::sentence)
            .toList();
    return new Outcome(run, result.folder(), verdict, seconds, bad, result.figures());
  }

  private static String sentence(Finding finding) {
    return finding.what() + ": " + finding.verdict() + "   " + finding.sentence();
  }

  static Outcome without(PlannedRun run, Path folder, Verdict verdict, double seconds, String why) {
    return new Outcome(run, folder, verdict, seconds, List.of(why), Map.of());
  }

  /** Whether it says that something is wrong. */
  public boolean isBad() {
    return verdict == Verdict.NOT_CLEAN || verdict == Verdict.FAILED;
  }

  OptionalDouble figure(String name) {
    Double value = figures.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
