package org.mastership.harness.history;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The entries of a history, read one after the other; what was read is not kept. */
interface Events extends AutoCloseable {
  /** The most bytes of one entry; longer ones are refused. */
  int LONGEST_ENTRY = 16 << 20;

  /** How far into a file its first entry begins, at most. */
  int LOOK_AHEAD = 1 << 16;

  /**
   * The next entry; null at the end.
   *
   * @throws HistoryFormatException if the file is not a history
   */
  @Nullable Event next() throws IOException;

  /** The line on which the newest entry began, from 1. */
  long line();

  /** The place of the newest entry in the order of real time, from 1. */
  long place();

  @Override
  void close() throws IOException;

  /** Opens a file in the format that its first characters tell. */
  static Events open(Path file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), LOOK_AHEAD);
    in.mark(LOOK_AHEAD);
    boolean edn = isEdn(in);
    in.reset();
    return edn ? new EdnEvents(file, in) : new JsonLines(file, in);
  }

  /** JSON lines begin with an object whose first name is in quotes; of EDN's maps a keyword. */
  private static boolean isEdn(InputStream in) throws IOException {
    int first = afterBlanks(in);
    return switch (first) {
      case '[', '(', '#', ';' -> true;
      case '{' -> afterBlanks(in) == ':';
      default -> false;
    };
  }

  private static int afterBlanks(InputStream in) throws IOException {
    for (int i = 0; i < LOOK_AHEAD / 2 - 1; i++) {
      int next = in.read();
      if (next > ' ' || next < 0) {
        return next;
      }
    }
    return -1;
  }
}
