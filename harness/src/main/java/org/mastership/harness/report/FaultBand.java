package org.mastership.harness.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A fault as the page shows it.
 *
 * @param number counts the faults of a run
 * @param kind what kind
 * @param text what of
 * @param fromMillis when it began
 * @param toMillis when it ended; nothing if the run ended first
 */
record FaultBand(
    long number, String kind, String text, double fromMillis, OptionalDouble toMillis) {
  /** More faults than a run of a day has. */
  private static final int MOST = 100_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The faults of a file; none if there is no file. A last line that was cut off is left out. */
  static List<FaultBand> read(Path file) throws IOException {
    Map<Long, FaultBand> faults = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return List.of();
    }
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine();
          line != null && faults.size() < MOST;
          line = lines.readLine()) {
        if (line.endsWith("}")) {
          add(faults, MAPPER.readTree(line));
        }
      }
    }
    return new ArrayList<>(faults.values());
  }

  private static void add(Map<Long, FaultBand> faults, JsonNode line) {
    long number = line.path("fault").asLong();
    double millis = line.path("time").asLong() / 1e6;
    FaultBand begun = faults.get(number);
    if (line.path("type").asText().equals("begins")) {
      faults.put(
          number,
          new FaultBand(
              number,
              line.path("kind").asText(),
              line.path("text").asText(),
              millis,
              OptionalDouble.empty()));
    } else if (begun != null) {
      faults.put(
          number,
          new FaultBand(
              number, begun.kind, begun.text, begun.fromMillis, OptionalDouble.of(millis)));
    }
  }

  double lastMillis() {
    return toMillis.orElse(fromMillis);
  }

  /** For people. */
  String title() {
    return text.isEmpty() ? kind : kind + " " + text;
  }
}
