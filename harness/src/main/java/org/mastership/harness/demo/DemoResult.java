package org.mastership.harness.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mastership.harness.checker.ExactlyOnce;
import org.mastership.harness.workload.Traffic;

/**
 * What a demonstration has shown.
 *
 * @param settings what was demonstrated
 * @param failovers in their order
 * @param counts of the clients' requests
 * @param exactlyOnce what was lost or executed twice
 * @param verdict on the history
 * @param problems what is not as promised, a line each
 */
record DemoResult(
    Demo.Settings settings,
    List<Failover> failovers,
    Traffic.Counts counts,
    ExactlyOnce exactlyOnce,
    String verdict,
    List<String> problems) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  boolean isClean() {
    return verdict.equals("linearizable") && problems.isEmpty() && exactlyOnce.isClean();
  }

  private List<Double> sortedMillis() {
    return failovers.stream().map(Failover::millis).sorted().toList();
  }

  /** The smallest time that a share of the failovers did not exceed; 0 if there were none. */
  private double millisOf(double share) {
    List<Double> sorted = sortedMillis();
    return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("failover  killed  new master  epoch       kill to first answer");
    for (int i = 0; i < failovers.size(); i++) {
      Failover each = failovers.get(i);
      lines.add(
          text(
              "%8d  %-6s  %-10s  %-10s  %17.1f ms",
              i + 1, each.killed(), each.master(), each.epoch(), each.millis()));
    }
    lines.add(
        text(
            "kill to first answered request: median %.1f ms, p90 %.1f ms, worst %.1f ms",
            millisOf(0.5), millisOf(0.9), millisOf(1)));
    lines.add(
        text(
            "requests: %,d answered, %,d failed, %,d retried; %,d answered ones lost, %,d executed"
                + " twice",
            counts.answered(),
            counts.failed(),
            counts.retried(),
            exactlyOnce.lost(),
            exactlyOnce.duplicated()));
    problems.forEach(problem -> lines.add("found: " + problem));
    lines.add("verdict: " + verdict);
    return lines;
  }

  void writeJson(Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("guarantee", settings.guarantee().name().toLowerCase(Locale.ROOT));
    root.put("servers", settings.servers());
    root.put("kills", failovers.size());
    root.put("seed", settings.seed());
    root.put("verdict", verdict);
    ObjectNode millis = root.putObject("failover_ms");
    millis.put("median", millisOf(0.5));
    millis.put("p90", millisOf(0.9));
    millis.put("max", millisOf(1));
    failovers.forEach(each -> millis.withArray("each").add(each.millis()));
    ObjectNode requests = root.putObject("requests");
    requests.put("answered", counts.answered());
    requests.put("failed", counts.failed());
    requests.put("retried", counts.retried());
    requests.put("lost", exactlyOnce.lost());
    requests.put("duplicated", exactlyOnce.duplicated());
    problems.forEach(root.withArray("problems")::add);
    JSON.writeValue(file.toFile(), root);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
