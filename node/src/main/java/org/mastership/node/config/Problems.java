package org.mastership.node.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with a configuration, gathered so that all of it can be said at once. */
final class Problems {
  private final KeyLines lines;
  private final List<Problem> found = new ArrayList<>();
  private boolean misread;

  Problems(KeyLines lines) {
    this.lines = lines;
  }

  private record Problem(int line, String text) {}

  /** Something is wrong with the value of a key. */
  void add(String key, String text) {
    int line = lines.line(key);
    String where = key.isEmpty() ? "" : key + ": ";
    found.add(new Problem(line, (line == 0 ? "" : "line " + line + ": ") + where + text));
  }

  /** Something is wrong with the configuration as a whole. */
  void add(String text) {
    found.add(new Problem(0, text));
  }

  /** Something in the file is not understood at all. */
  void misread(String key, String text) {
    misread = true;
    add(key, text);
  }

  /** A key is missing. Not said where something was misread: that may be the very key. */
  void missing(String key, String advice) {
    if (!misread) {
      add("the key '" + key + "' is missing: " + advice);
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** One sentence a problem, in the order of the file. */
  List<String> texts() {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line))
        .map(Problem::text)
        .distinct()
        .toList();
  }
}
