package org.mastership.spec.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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
 * @param group what the specification has to know of the group
 * @param lines the transitions
 */
record TraceFile(Path path, Group group, List<String> lines) {
  private static final int MOST_LINES = 1_000_000;
  private static final int LONGEST_LINE = 1_000_000;

  /**
   * The group whose servers took the transitions.
   *
   * @param servers how many it has
   * @param quorum whether its guarantee is QUORUM
   * @param replicates whether it has a log
   * @param ahead the most entries in flight to a back-up
   * @param perMessage the most entries in a message
   * @param whole whether no transition is missing, also where a server crashed
   */
  record Group(
      long servers,
      boolean quorum,
      boolean replicates,
      long ahead,
      long perMessage,
      boolean whole) {}

  TraceFile {
    lines = List.copyOf(lines);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it can not be read, has no transition, or is no trace; says where
   */
  static TraceFile read(Path path) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        checkBounds(path, lines.size(), line.length());
      }
    } catch (CharacterCodingException e) {
      throw new IOException(path + " is no text, so no trace", e);
    }
    if (lines.isEmpty()) {
      throw new IOException(path + " is empty; the server may have recorded nothing");
    }
    Group group = group(path, lines.get(0));
    if (lines.size() < 2) {
      throw new IOException(path + " has no transitions, so nothing would be checked");
    }
    return new TraceFile(path, group, lines.subList(1, lines.size()));
  }

  private static void checkBounds(Path path, int number, int length) throws IOException {
    if (number > MOST_LINES || length > LONGEST_LINE) {
      throw new IOException(
          "%s, line %d: too long; a trace has at most %d lines of %d characters"
              .formatted(path, number, MOST_LINES, LONGEST_LINE));
    }
  }

  private static Group group(Path path, String header) throws IOException {
    try {
      Map<?, ?> fields = (Map<?, ?>) TlaText.value(header);
      return new Group(
          (Long) Fields.of(fields, "servers"),
          (Boolean) Fields.of(fields, "quorum"),
          (Boolean) Fields.of(fields, "replicates"),
          (Long) Fields.of(fields, "ahead"),
          (Long) Fields.of(fields, "perMessage"),
          (Boolean) Fields.of(fields, "whole"));
    } catch (IllegalArgumentException | ClassCastException e) {
      throw new IOException(
          path
              + ", line 1: no header of a trace, as 'mastership replay --specification' and"
              + " 'mastership simulate --specification' write it: "
              + e.getMessage(),
          e);
    }
  }

  /** The transition at an index; its line in the file is the index and two. */
  Transition transition(int index) throws IOException {
    try {
      Map<?, ?> fields = (Map<?, ?>) TlaText.value(lines.get(index));
      Fields.of(fields, "input");
      long server = (Long) Fields.of(fields, "server");
      if (server < 1 || server > group.servers()) {
        throw new IllegalArgumentException("no server of the group has number " + server);
      }
      return new Transition(path, index + 2, fields);
    } catch (IllegalArgumentException | ClassCastException e) {
      throw new IOException(
          path + ", line " + (index + 2) + ": no transition: " + e.getMessage(), e);
    }
  }
}
