package org.mastership.harness.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mastership.harness.history.HistoryReader;

/**
 * What the files of a run say, as a page shows it. Times are ms since the run began.
 *
 * @param name of its folder
 * @param run what {@code run.json} says
 * @param faults what went wrong
 * @param tenures when which server was master
 * @param load what clients asked and were told
 */
record RunData(String name, JsonNode run, List<FaultBand> faults, List<Tenure> tenures, Load load) {
  /** More than a run of a day with its settings and findings has. */
  private static final long MOST_RUN_BYTES = 16 << 20;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  RunData {
    faults = List.copyOf(faults);
    tenures = List.copyOf(tenures);
  }

  /**
   * Reads a run. One that was killed has no end, and may lack files.
   *
   * @throws IOException if it is no folder of a run; says what is wrong
   */
  static RunData read(Path folder) throws IOException {
    JsonNode run = readRun(folder);
    Load load = new Load();
    Path history = folder.resolve("history.jsonl");
    if (Files.exists(history)) {
      HistoryReader.plain().read(history, load);
    }
    return new RunData(
        folder.toAbsolutePath().normalize().getFileName().toString(),
        run,
        FaultBand.read(folder.resolve("faults.jsonl")),
        Tenure.read(folder.resolve("mastership.jsonl")),
        load.since(run.path("originNanos").asLong()));
  }

  /** What {@code run.json} says. */
  static JsonNode readRun(Path folder) throws IOException {
    Path file = folder.resolve("run.json");
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          folder + " is no folder of a run: it has no run.json; name one that 'run' has made");
    }
    if (Files.size(file) > MOST_RUN_BYTES) {
      throw new IOException(file + " is larger than any that 'run' makes");
    }
    JsonNode run = MAPPER.readTree(file.toFile());
    if (run == null || run instanceof MissingNode || !run.path("settings").isObject()) {
      throw new IOException(file + " does not say what the run was");
    }
    return run;
  }

  boolean hasEnded() {
    return run.has("endedNanos");
  }

  boolean isClean() {
    return run.path("clean").asBoolean();
  }

  /** In a word or two. */
  String verdict() {
    return !hasEnded() ? "did not end" : isClean() ? "clean" : "not clean";
  }

  /** The name of a style. */
  String verdictStyle() {
    return !hasEnded() ? "unknown" : isClean() ? "good" : "bad";
  }

  String setting(String name) {
    JsonNode value = run.path("settings").path(name);
    if (value.isArray()) {
      List<String> texts = new ArrayList<>();
      value.forEach(each -> texts.add(each.asText().toLowerCase(Locale.ROOT).replace('_', '-')));
      return texts.isEmpty() ? "none" : String.join(", ", texts);
    }
    return value.asText();
  }

  double seconds() {
    return run.path("settings").path("durationNanos").asLong() / 1e9;
  }

  /** The last ms of which anything is known. */
  double endMillis() {
    double end = run.path("endedNanos").asLong() / 1e6;
    if (end == 0 || load.lastMillis() > 0) {
      end = load.lastMillis();
      for (Tenure tenure : tenures) {
        end = Math.max(end, tenure.toMillis());
      }
      for (FaultBand fault : faults) {
        end = Math.max(end, fault.lastMillis());
      }
    }
    return Math.max(end, 1);
  }

  /** The first ms at which anything happened. */
  double beginMillis() {
    double begin = load.isEmpty() ? endMillis() : load.firstMillis();
    for (Tenure tenure : tenures) {
      begin = Math.min(begin, tenure.fromMillis());
    }
    return Math.max(0, Math.min(begin, endMillis() - 1));
  }

  Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> figure : run.path("figures").properties()) {
      figures.put(figure.getKey(), figure.getValue().asDouble());
    }
    return figures;
  }
}
