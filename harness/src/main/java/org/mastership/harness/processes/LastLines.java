package org.mastership.harness.processes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, which says why a server has ended. */
public final class LastLines {
  private static final int MOST = 10;

  private LastLines() {}

  /** The last lines of a file; none if there is no such file. */
  public static List<String> of(Path log) throws IOException {
    if (!Files.exists(log)) {
      return List.of();
    }
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    List<String> lines = text.lines().toList();
    return List.copyOf(lines.subList(Math.max(0, lines.size() - MOST), lines.size()));
  }
}
