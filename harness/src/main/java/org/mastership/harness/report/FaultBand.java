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
import org.mastership.harness.run.Fault;
import org.mastership.harness.run.FaultKind;

/** A fault as the page shows it. */
record FaultBand(Fault fault) {
  /** More faults than a run of a day has. */
  private static final int MOST = 100_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * The faults of a file; none if there is no file. A last line that was cut off is left out.
   *
   * @throws IOException if it can not be read, or names a kind of fault that there is not
   */
  static List<FaultBand> read(Path file) throws IOException {
    Map<Long, Fault> faults = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return List.of();
    }
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine();
          line != null && faults.size() < MOST;
          line = lines.readLine()) {
        if (line.endsWith("}")) {
          add(faults, MAPPER.readTree(line), file);
        }
      }
    }
    return faults.values().stream().map(FaultBand::new).toList();
  }

  private static void add(Map<Long, Fault> faults, JsonNode line, Path file) throws IOException {
    long number = line.path("fault").asLong();
    long nanos = line.path("time").asLong();
    Fault begun = faults.get(number);
    if (line.path("type").asText().equals("begins")) {
      faults.put(number, begun(line, file));
    } else if (begun != null) {
      faults.put(number, begun.ended(nanos));
    }
  }

  private static Fault begun(JsonNode line, Path file) throws IOException {
    String kind = line.path("kind").asText();
    List<Integer> servers = new ArrayList<>();
    line.path("servers").forEach(server -> servers.add(server.asInt()));
    return new Fault(
        line.path("fault").asInt(),
        FaultKind.of(kind)
            .orElseThrow(() -> new IOException(file + ": no kind of fault: '" + kind + "'")),
        servers,
        line.path("text").asText(),
        line.path("time").asLong(),
        Fault.NOT_ENDED);
  }

  int number() {
    return fault.number();
  }

  String kind() {
    return fault.kind().toString();
  }

  String text() {
    return fault.text();
  }

  double fromMillis() {
    return fault.beginNanos() / 1e6;
  }

  /** Nothing if the run ended first. */
  OptionalDouble toMillis() {
    return fault.endNanos() == Fault.NOT_ENDED
        ? OptionalDouble.empty()
        : OptionalDouble.of(fault.endNanos() / 1e6);
  }

  double lastMillis() {
    return toMillis().orElse(fromMillis());
  }

  /** For people. */
  String title() {
    return text().isEmpty() ? kind() : kind() + " " + text();
  }
}
