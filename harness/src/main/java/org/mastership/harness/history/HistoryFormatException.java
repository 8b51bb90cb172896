package org.mastership.harness.history;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not a history. The message says in which line and why. */
public final class HistoryFormatException extends IOException {
  private static final long serialVersionUID = 1;

  HistoryFormatException(Path file, long line, String problem) {
    super(file + ", line " + line + ": " + problem);
  }
}
