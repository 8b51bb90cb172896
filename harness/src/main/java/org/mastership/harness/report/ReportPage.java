package org.mastership.harness.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A run as one web page that needs nothing but a browser: what came of it, and when what happened.
 */
public final class ReportPage {
  /** The file that {@link #write} makes in the folder of a run. */
  public static final String FILE = "report.html";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ReportPage() {}

  /**
   * Writes the page of a run into its folder.
   *
   * @return the file
   * @throws IOException if the folder is not that of a run, or can not be written to
   */
  public static Path write(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    Path written = folder.resolve(FILE + ".new");
    Files.writeString(written, html(RunData.read(folder)));
    return Files.move(
        written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static String html(RunData run) {
    RunSummary summary = run.summary();
    List<TwoMastersNote> two = TwoMastersNote.of(run.twoMasters(), run.faults());
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("title", run.name());
    page.put("verdict", summary.verdict());
    page.put("verdictStyle", summary.verdictStyle());
    page.put("killed", !summary.hasEnded());
    page.put("settings", settings(summary));
    page.put("repeat", repeat(summary));
    page.put("startedAt", summary.startedAt());
    page.put("findings", findings(summary));
    page.put("figures", figures(summary));
    page.put("faults", faults(run));
    page.put("tenures", tenures(run));
    page.put("twoMasters", two.stream().map(TwoMastersNote::text).toList());
    page.put("hasTwoMasters", !two.isEmpty());
    page.put("hasChart", !run.tenures().isEmpty() || !run.load().isEmpty());
    page.put("data", Templates.json(data(run, two)));
    return Templates.page("run", page);
  }

  private static List<Map<String, Object>> settings(RunSummary run) {
    List<Map<String, Object>> all = new ArrayList<>();
    all.add(pair("ground", run.setting("ground")));
    all.add(pair("servers", run.setting("servers")));
    all.add(pair("guarantee", run.setting("guarantee")));
    all.add(pair("workloads", run.setting("workloads")));
    all.add(pair("faults", run.setting("faults")));
    all.add(pair("clients", run.setting("clients")));
    all.add(pair("duration", number(run.seconds()) + " s"));
    all.add(pair("seed", run.setting("seed")));
    return all;
  }

  private static String repeat(RunSummary run) {
    String workloads = run.setting("workloads");
    String faults = run.setting("faults");
    return "mastership-harness run --ground "
        + run.setting("ground")
        + " --servers "
        + run.setting("servers")
        + " --guarantee "
        + run.setting("guarantee")
        + (workloads.equals("none") ? "" : " --workload " + workloads.replace(", ", ","))
        + (faults.equals("none") ? " --no-faults" : " --faults " + faults.replace(", ", ","))
        + " --duration "
        + (long) run.seconds()
        + " --seed "
        + run.setting("seed")
        + (run.setting("clients").equals("0") ? "" : " --clients " + run.setting("clients"));
  }

  private static Map<String, Object> pair(String name, String value) {
    return Map.of("name", name, "value", value);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%,.2f", value);
  }

  private static List<Map<String, Object>> findings(RunSummary run) {
    List<Map<String, Object>> findings = new ArrayList<>();
    for (JsonNode each : run.findings()) {
      boolean good = each.path("isGood").asBoolean();
      List<String> explanation = explanation(each);
      Map<String, Object> finding = new LinkedHashMap<>();
      finding.put("what", each.path("what").asText());
      finding.put("verdict", each.path("verdict").asText());
      finding.put("style", good ? "good" : "bad");
      finding.put("sentence", each.path("sentence").asText());
      finding.put("explained", !explanation.isEmpty());
      finding.put("explanation", explanation);
      finding.put("open", !good);
      finding.put("hasDiagram", Diagram.of(explanation).isPresent());
      finding.put("number", findings.size());
      findings.add(finding);
    }
    return findings;
  }

  private static List<String> explanation(JsonNode finding) {
    List<String> lines = new ArrayList<>();
    finding.path("explanation").forEach(line -> lines.add(line.asText()));
    return lines;
  }

  private static List<Map<String, Object>> figures(RunSummary run) {
    List<Map<String, Object>> figures = new ArrayList<>();
    run.figures().forEach((name, value) -> figures.add(pair(name, number(value))));
    return figures;
  }

  private static List<Map<String, Object>> faults(RunData run) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (FaultBand fault : run.faults()) {
      rows.add(
          Map.of(
              "number",
              fault.number(),
              "kind",
              fault.kind(),
              "text",
              fault.text(),
              "from",
              number(fault.fromMillis() / 1e3),
              "to",
              fault.toMillis().isPresent()
                  ? number(fault.toMillis().getAsDouble() / 1e3)
                  : "not ended"));
    }
    return rows;
  }

  private static List<Map<String, Object>> tenures(RunData run) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Tenure tenure : run.tenures()) {
      rows.add(
          Map.of(
              "server",
              "s" + tenure.server(),
              "epoch",
              tenure.epoch(),
              "from",
              number(tenure.fromMillis() / 1e3),
              "to",
              number(tenure.toMillis() / 1e3)));
    }
    return rows;
  }

  /** What the script draws. */
  private static ObjectNode data(RunData run, List<TwoMastersNote> twoMasters) {
    ObjectNode data = MAPPER.createObjectNode();
    data.put("begin", round(run.beginMillis())).put("end", round(run.endMillis()));
    data.put("servers", run.summary().json().path("settings").path("servers").asInt());
    ArrayNode tenures = data.putArray("tenures");
    for (Tenure tenure : run.tenures()) {
      tenures
          .addObject()
          .put("server", tenure.server())
          .put("epoch", tenure.epoch())
          .put("from", round(tenure.fromMillis()))
          .put("to", round(tenure.toMillis()));
    }
    putFaults(data.putArray("faults"), run);
    ArrayNode two = data.putArray("twoMasters");
    for (TwoMastersNote each : twoMasters) {
      two.addObject()
          .put("from", round(each.fromMillis()))
          .put("to", round(each.toMillis()))
          .put("text", each.text());
    }
    data.put("window", run.load().windowMillis());
    ArrayNode windows = data.putArray("windows");
    for (Load.Window window : run.load().windows()) {
      windows
          .addArray()
          .add(round(window.fromMillis()))
          .add(window.answered())
          .add(window.unanswered())
          .add(round(window.medianMillis()))
          .add(round(window.worstMillis()));
    }
    putDiagrams(data.putObject("diagrams"), run.summary());
    return data;
  }

  private static void putFaults(ArrayNode faults, RunData run) {
    for (FaultBand fault : run.faults()) {
      faults
          .addObject()
          .put("number", fault.number())
          .put("title", fault.title())
          .put("from", round(fault.fromMillis()))
          .put("to", round(fault.toMillis().orElse(run.endMillis())));
    }
  }

  private static void putDiagrams(ObjectNode diagrams, RunSummary run) {
    int number = 0;
    for (JsonNode finding : run.findings()) {
      Optional<Diagram> diagram = Diagram.of(explanation(finding));
      if (diagram.isPresent()) {
        ArrayNode bars = diagrams.putArray(Integer.toString(number));
        for (Diagram.Bar bar : diagram.get().bars()) {
          ObjectNode node =
              bars.addObject()
                  .put("row", bar.row())
                  .put("text", bar.text())
                  .put("from", bar.from());
          bar.to().ifPresent(to -> node.put("to", to));
        }
      }
      number++;
    }
  }

  private static double round(double millis) {
    return Math.round(millis * 10) / 10.0;
  }
}
