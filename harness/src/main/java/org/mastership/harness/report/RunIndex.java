package org.mastership.harness.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The runs in a folder, the newest first. */
final class RunIndex {
  private static final int MOST_RUNS = 1000;

  /** Names of folders that can stand in an address as they are. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private final Path folder;

  RunIndex(Path folder) {
    this.folder = folder;
  }

  /** The folder of a run, if there is one of that name. */
  Optional<Path> run(String name) {
    Path run = folder.resolve(name);
    boolean known = NAME.matcher(name).matches() && Files.isRegularFile(run.resolve("run.json"));
    return known ? Optional.of(run) : Optional.empty();
  }

  String html() throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Path run : newest()) {
      rows.add(row(run));
    }
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("folder", folder.toString());
    page.put("runs", rows);
    page.put("none", rows.isEmpty());
    return Templates.page("index", page);
  }

  private List<Path> newest() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> run(path.getFileName().toString()).isPresent())
          .sorted(Comparator.comparing(RunIndex::modified).reversed())
          .limit(MOST_RUNS)
          .toList();
    }
  }

  private static long modified(Path run) {
    return run.resolve("run.json").toFile().lastModified();
  }

  private static Map<String, Object> row(Path folder) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", folder.getFileName().toString());
    try {
      RunSummary run = RunSummary.read(folder);
      row.put("verdict", run.verdict());
      row.put("style", run.verdictStyle());
      row.put("startedAt", run.startedAt());
      for (String each : List.of("ground", "servers", "guarantee", "faults", "seed")) {
        row.put(each, run.setting(each));
      }
      row.put("bad", badFindings(run));
    } catch (IOException e) {
      row.put("verdict", "unreadable");
      row.put("style", "unknown");
      for (String each : List.of("startedAt", "ground", "servers", "guarantee", "faults", "seed")) {
        row.put(each, "");
      }
      row.put("bad", String.valueOf(e.getMessage()));
    }
    return row;
  }

  private static String badFindings(RunSummary run) {
    List<String> bad = new ArrayList<>();
    for (JsonNode finding : run.findings()) {
      if (!finding.path("isGood").asBoolean()) {
        bad.add(finding.path("what").asText() + ": " + finding.path("verdict").asText());
      }
    }
    return String.join("; ", bad);
  }
}
