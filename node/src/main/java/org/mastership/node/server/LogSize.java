package org.mastership.node.server;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * About how many bytes a log has after its snapshot, and how many of them are executed. It counts
 * in pieces of some entries each. For the event loop only.
 */
final class LogSize {
  private record Piece(long last, long bytes) {}

  private final long pieceBytes;
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private long bytes;

  /**
   * @param pieceBytes how exact it is to be
   */
  LogSize(long pieceBytes) {
    this.pieceBytes = pieceBytes;
  }

  long bytes() {
    return bytes;
  }

  /** Entries were appended, up to {@code last}. */
  void append(long last, long more) {
    Piece newest = pieces.peekLast();
    if (newest != null && newest.bytes < pieceBytes) {
      pieces.removeLast();
      pieces.add(new Piece(last, newest.bytes + more));
    } else {
      pieces.add(new Piece(last, more));
    }
    bytes += more;
  }

  /** The entries after {@code sequence} are no more. */
  void cut(long sequence) {
    while (!pieces.isEmpty() && pieces.getLast().last > sequence) {
      bytes -= pieces.removeLast().bytes;
    }
  }

  /** A snapshot stands for the entries up to {@code sequence}. */
  void compact(long sequence) {
    while (!pieces.isEmpty() && pieces.getFirst().last <= sequence) {
      bytes -= pieces.removeFirst().bytes;
    }
  }

  /** Whether the entries up to {@code sequence} have so many bytes. */
  boolean reaches(long most, long sequence) {
    if (bytes < most) {
      return false;
    }
    long upTo = 0;
    for (Piece piece : pieces) {
      if (piece.last > sequence) {
        break;
      }
      upTo += piece.bytes;
    }
    return upTo >= most;
  }
}
