package org.mastership.node.transport;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.mastership.core.Message;
import org.mastership.core.Position;
import org.mastership.core.Run;

/**
 * Cuts a message with many bytes of entries into several. Core bounds a message by the number of
 * its entries, for it knows no bytes; each part is a message that it could have sent itself.
 */
final class Parts {
  /** What is short waits behind one part at most, and what the connection has taken. */
  static final int MOST_BYTES = 128 << 10;

  /** Takes the parts, in order. */
  @FunctionalInterface
  interface Taker {
    void take(Message.Entries part, List<ByteString> payloads);
  }

  private Parts() {}

  static void of(Message.Entries whole, List<ByteString> payloads, Taker taker) {
    Position before = whole.before();
    int begin = 0;
    long bytes = 0;
    for (int i = 0; i < payloads.size(); i++) {
      int size = payloads.get(i).size();
      if (i > begin && bytes + size > MOST_BYTES) {
        before = give(whole, before, payloads.subList(begin, i), taker);
        begin = i;
        bytes = 0;
      }
      bytes += size;
    }
    if (begin == 0) {
      taker.take(whole, payloads);
    } else {
      give(whole, before, payloads.subList(begin, payloads.size()), taker);
    }
  }

  /** Gives away the part after a position; returns the position that it ends at. */
  private static Position give(
      Message.Entries whole, Position before, List<ByteString> payloads, Taker taker) {
    long first = before.sequence() + 1;
    List<Run> runs = slice(whole.runs(), first, before.sequence() + payloads.size());
    taker.take(
        new Message.Entries(whole.epoch(), before, runs, whole.committed()), List.copyOf(payloads));
    return runs.get(runs.size() - 1).end();
  }

  private static List<Run> slice(List<Run> runs, long first, long last) {
    List<Run> slice = new ArrayList<>();
    for (Run run : runs) {
      long from = Math.max(first, run.first());
      long to = Math.min(last, run.last());
      if (from <= to) {
        slice.add(new Run(run.epoch(), from, to));
      }
    }
    return slice;
  }
}
