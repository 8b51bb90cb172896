package org.mastership.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a run. All times in them are ns since the run began, on the clock that all servers
 * and the harness share, but for the history, which has that clock itself.
 */
record RunFolder(Path path) {
  /** What the run was, and what came of it: rewritten at its end. */
  Path run() {
    return path.resolve("run.json");
  }

  /** What clients asked and were told. */
  Path history() {
    return path.resolve("history.jsonl");
  }

  /** What servers said of their mastership. */
  Path masterships() {
    return path.resolve("mastership.jsonl");
  }

  /** When something went wrong, and when it was right again. */
  Path faults() {
    return path.resolve("faults.jsonl");
  }

  /** What a resource outside of the group accepted and refused. */
  Path resource() {
    return path.resolve("resource.jsonl");
  }

  /** Configuration, logs, data and observations of the servers. */
  Path servers() {
    return path.resolve("servers");
  }

  static RunFolder create(Path path) throws IOException {
    Files.createDirectories(path);
    RunFolder folder = new RunFolder(path);
    Files.createDirectory(folder.servers());
    return folder;
  }

  /** Removes what is of use only where something has gone wrong. */
  void deleteServers() throws IOException {
    delete(servers());
  }

  /** Removes a folder with all that is in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
