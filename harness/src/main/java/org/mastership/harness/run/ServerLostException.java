package org.mastership.harness.run;

import java.util.List;

/** A server has ended, or takes no part in its group any more, though nobody did anything to it. */
final class ServerLostException extends Exception {
  private static final long serialVersionUID = 1;

  private final List<String> lastLines;

  ServerLostException(List<String> lost, List<String> lastLines) {
    super(String.join("; ", lost));
    this.lastLines = List.copyOf(lastLines);
  }

  /** What those logged last that have ended. */
  List<String> lastLines() {
    return lastLines;
  }
}
