package org.mastership.harness.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param folder its files
 * @param findings what it shows
 * @param figures by name: rates, latencies, availability
 */
public record RunResult(Path folder, List<Finding> findings, Map<String, Double> figures) {
  /** Whether everything is as promised. */
  public boolean isClean() {
    return findings.stream().allMatch(Finding::isGood);
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    figures.forEach(
        (name, value) -> lines.add(String.format(Locale.ROOT, "%-34s %,12.2f", name, value)));
    for (Finding finding : findings) {
      lines.add(finding.what() + ": " + finding.verdict() + "   " + finding.sentence());
      if (!finding.isGood()) {
        finding.explanation().forEach(line -> lines.add("  " + line));
      }
    }
    lines.add("verdict: " + (isClean() ? "clean" : "NOT CLEAN") + "   " + folder);
    return lines;
  }
}
