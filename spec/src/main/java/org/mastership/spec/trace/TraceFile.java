package org.mastership.spec.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mastership.spec.TlaText;

/**
 * A file of transitions: its first line has the group's configuration, each further one a
 * transition.
 *
 * @param servers how many servers the group has
 * @param quorum whether its guarantee is QUORUM
 * @param replicates whether it has a log
 * @param ahead the most entries in flight to a back-up
 * @param perMessage the most entries in a message
 * @param lines the transitions
 */
record TraceFile(
    long servers,
    boolean quorum,
    boolean replicates,
    long ahead,
    long perMessage,
    List<String> lines) {
  private static final int MOST_LINES = 1_000_000;
  private static final int LONGEST_LINE = 1_000_000;

  /**
   * Reads a file.
   *
   * @throws IOException if it can not be read, has no transition, or is no trace; says where
   */
  static TraceFile read(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (lines.size() == MOST_LINES || line.length() > LONGEST_LINE) {
          throw new IOException(
              file
                  + ", line "
                  + (lines.size() + 1)
                  + ": too long; a trace has at most "
                  + MOST_LINES
                  + " lines of "
                  + LONGEST_LINE
                  + " characters");
        }
        lines.add(line);
      }
    }
    if (lines.size() < 2) {
      throw new IOException(file + " has no transitions, so nothing would be checked");
    }
    return of(file, lines);
  }

  private static TraceFile of(Path file, List<String> lines) throws IOException {
    try {
      Map<?, ?> header = (Map<?, ?>) TlaText.value(lines.get(0));
      return new TraceFile(
          number(header, "servers"),
          truth(header, "quorum"),
          truth(header, "replicates"),
          number(header, "ahead"),
          number(header, "perMessage"),
          List.copyOf(lines.subList(1, lines.size())));
    } catch (IllegalArgumentException | ClassCastException e) {
      throw new IOException(
          file
              + ", line 1: no header of a trace, as `mastership replay --specification` and"
              + " `mastership simulate --specification` write it: "
              + e.getMessage(),
          e);
    }
  }

  private static long number(Map<?, ?> header, String name) {
    return (Long) value(header, name);
  }

  private static boolean truth(Map<?, ?> header, String name) {
    return (Boolean) value(header, name);
  }

  private static Object value(Map<?, ?> header, String name) {
    Object value = header.get(name);
    if (value == null) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
    return value;
  }
}
