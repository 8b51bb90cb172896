package org.mastership.node.transport;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.mastership.node.wire.PeerMessage;

/**
 * What is long and waits for its turn on one connection: entries, and parts of snapshots, in their
 * order. What is short overtakes it, so that an inquiry or its reply is never behind megabytes; the
 * protocol holds under any order of messages. For the event loop only.
 */
final class Bulk {
  private final Deque<PeerMessage> waiting = new ArrayDeque<>();
  private long bytes;

  /** Whether a message carries what clients or the service have made, of whatever length. */
  static boolean isBulk(PeerMessage message) {
    return switch (message.getBodyCase()) {
      case ENTRIES, FETCHED, SNAPSHOT_PART -> true;
      default -> false;
    };
  }

  /**
   * Adds a message. Entries that begin before some that wait are sent anew: those are dropped, or a
   * connection that is slow would be given the same again and again.
   */
  void add(PeerMessage message) {
    if (carriesEntries(message)) {
      dropFrom(first(message));
    }
    waiting.add(message);
    bytes += message.getSerializedSize();
  }

  private void dropFrom(long first) {
    PeerMessage last = waiting.peekLast();
    while (last != null && carriesEntries(last) && first(last) >= first) {
      bytes -= waiting.removeLast().getSerializedSize();
      last = waiting.peekLast();
    }
  }

  private static boolean carriesEntries(PeerMessage message) {
    return message.hasEntries() && !message.getEntries().getSnapshot();
  }

  private static long first(PeerMessage message) {
    return message.getEntries().getBefore().getSequence() + 1;
  }

  /** Writes what waits, as far as the connection takes it now; returns whether it took any. */
  boolean writeTo(Channel channel) {
    boolean any = false;
    while (channel.isWritable() && !waiting.isEmpty()) {
      PeerMessage next = waiting.remove();
      bytes -= next.getSerializedSize();
      channel.write(next, channel.voidPromise());
      any = true;
    }
    return any;
  }

  /** How many bytes wait. */
  long bytes() {
    return bytes;
  }

  void clear() {
    waiting.clear();
    bytes = 0;
  }
}
