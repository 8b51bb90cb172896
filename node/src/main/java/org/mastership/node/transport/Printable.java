package org.mastership.node.transport;

/** Text of the other side, made fit for a log or an answer: one line, and not a long one. */
final class Printable {
  private static final int MOST_CHARACTERS = 300;

  private Printable() {}

  static String of(String text) {
    StringBuilder printable = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (i == MOST_CHARACTERS) {
        return printable.append("...").toString();
      }
      char character = text.charAt(i);
      printable.append(Character.isISOControl(character) ? '?' : character);
    }
    return printable.toString();
  }

  static String of(Throwable cause) {
    return of(cause.getMessage() == null ? cause.toString() : cause.getMessage());
  }
}
