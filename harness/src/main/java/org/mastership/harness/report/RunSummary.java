package org.mastership.harness.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code run.json} says of a run.
 *
 * @param json all of it
 */
record RunSummary(JsonNode json) {
  /** More than a run of a day with its settings and findings has. */
  private static final long MOST_BYTES = 16 << 20;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Reads it.
   *
   * @throws IOException if the folder is not that of a run; says what is wrong
   */
  static RunSummary read(Path folder) throws IOException {
    Path file = folder.resolve("run.json");
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          folder + " is no folder of a run: it has no run.json; name one that 'run' has made");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is larger than any that 'run' makes");
    }
    JsonNode json = MAPPER.readTree(file.toFile());
    if (json == null || !json.path("settings").isObject()) {
      throw new IOException(file + " does not say what the run was");
    }
    return new RunSummary(json);
  }

  boolean hasEnded() {
    return json.has("endedNanos");
  }

  private boolean isClean() {
    return json.path("clean").asBoolean();
  }

  /** In a word or two. */
  String verdict() {
    return !hasEnded() ? "did not end" : isClean() ? "clean" : "not clean";
  }

  /** The name of a style. */
  String verdictStyle() {
    return !hasEnded() ? "unknown" : isClean() ? "good" : "bad";
  }

  String startedAt() {
    return json.path("startedAt").asText();
  }

  JsonNode findings() {
    return json.path("findings");
  }

  String setting(String name) {
    JsonNode value = json.path("settings").path(name);
    if (value.isArray()) {
      List<String> texts = new ArrayList<>();
      value.forEach(each -> texts.add(each.asText().toLowerCase(Locale.ROOT).replace('_', '-')));
      return texts.isEmpty() ? "none" : String.join(", ", texts);
    }
    return value.asText();
  }

  double seconds() {
    return json.path("settings").path("durationNanos").asLong() / 1e9;
  }

  Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> figure : json.path("figures").properties()) {
      figures.put(figure.getKey(), figure.getValue().asDouble());
    }
    return figures;
  }
}
