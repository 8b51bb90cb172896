package org.mastership.node.server;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the newest log entries, a ring from {@link #first()} to {@link #last()}. What is not
 * stable or not executed yet is always here; older entries are dropped when they take too much
 * room, and are then read from storage. For the event loop only.
 */
final class LogCache {
  private static final int SMALLEST = 1024;

  /** What an entry takes besides its bytes, about. */
  private static final int OVERHEAD_BYTES = 64;

  private final long mostBytes;
  private ByteString[] ring = new ByteString[SMALLEST];
  private long first;
  private long last;
  private long bytes;

  /**
   * A cache after the entries that storage holds already.
   *
   * @param stored the sequence of the last stored entry
   * @param mostBytes how many bytes of droppable entries are kept
   */
  LogCache(long stored, long mostBytes) {
    this.first = stored + 1;
    this.last = stored;
    this.mostBytes = mostBytes;
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }

  long bytes() {
    return bytes;
  }

  void append(long sequence, ByteString payload) {
    if (sequence != last + 1) {
      throw new IllegalStateException("entry " + sequence + " does not follow " + last);
    }
    if (last - first + 1 == ring.length) {
      grow();
    }
    last = sequence;
    ring[slot(sequence)] = payload;
    bytes += payload.size() + OVERHEAD_BYTES;
  }

  /** Drops the entries after {@code sequence}. */
  void cut(long sequence) {
    while (last > sequence && last >= first) {
      bytes -= get(last).size() + OVERHEAD_BYTES;
      ring[slot(last)] = ByteString.EMPTY;
      last--;
    }
    if (last > sequence) {
      last = sequence;
      first = sequence + 1;
    }
  }

  /** A snapshot stands for all entries up to {@code sequence}, which is beyond the last one. */
  void skipTo(long sequence) {
    while (first <= last) {
      dropFirst();
    }
    first = sequence + 1;
    last = sequence;
  }

  /** Drops old entries, none after {@code sequence}, until the rest is small enough. */
  void dropUpTo(long sequence) {
    while (bytes > mostBytes && first <= Math.min(sequence, last)) {
      dropFirst();
    }
  }

  private void dropFirst() {
    bytes -= get(first).size() + OVERHEAD_BYTES;
    ring[slot(first)] = ByteString.EMPTY;
    first++;
  }

  /** The bytes of these entries, or null if the first of them is here no longer. */
  @Nullable List<ByteString> slice(long from, long to) {
    if (from < first) {
      return null;
    }
    List<ByteString> payloads = new ArrayList<>((int) (to - from + 1));
    for (long sequence = from; sequence <= to; sequence++) {
      payloads.add(get(sequence));
    }
    return payloads;
  }

  private ByteString get(long sequence) {
    return ring[slot(sequence)];
  }

  private int slot(long sequence) {
    return (int) (sequence & (ring.length - 1));
  }

  private void grow() {
    ByteString[] larger = new ByteString[ring.length * 2];
    for (long sequence = first; sequence <= last; sequence++) {
      larger[(int) (sequence & (larger.length - 1))] = get(sequence);
    }
    ring = larger;
  }
}
