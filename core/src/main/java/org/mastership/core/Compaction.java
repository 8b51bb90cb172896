package org.mastership.core;

import java.util.List;

/**
 * Requests: a server need not keep the bytes of what it has executed. A snapshot stands for all
 * entries up to the {@linkplain State#floor floor}, so those are sent in one message or not at all.
 */
final class Compaction {
  private Compaction() {}

  static void onCompacted(Transition server, long sequence) {
    if (sequence > server.log.lastSequence()) {
      throw new IllegalArgumentException(
          "a snapshot of entry " + sequence + " is beyond " + server.log.last());
    }
    server.applied(Rule.COMPACT);
    server.floor = Math.max(server.floor, sequence);
  }

  /** The last entry of a message whose first one is {@code first}. */
  static long end(Transition server, long first) {
    long most = first + server.group.limits().entriesPerMessage() - 1;
    return first <= server.floor ? server.floor : Math.min(server.log.lastSequence(), most);
  }

  /** Whether what a back-up is to be sent next takes a snapshot. */
  static boolean takesSnapshot(Transition server, Peer.Progress progress) {
    return progress.next() <= server.floor;
  }

  /**
   * Whether a back-up says no more than that it has what was known before, while a snapshot is on
   * its way to it: then there is nothing else to send.
   */
  static boolean awaits(Transition server, Peer.Progress progress, long accepted) {
    return progress.awaited() && takesSnapshot(server, progress) && accepted < progress.next();
  }

  /**
   * Whether entries conflict with such as a snapshot stands for. Only TIMED allows that, when a
   * partition heals. What comes before them can not be kept either then: a snapshot of discarded
   * entries is of no use.
   */
  static boolean conflict(Transition server, Position before, List<Run> runs) {
    if (!server.log.contains(before)) {
      return false;
    }
    for (Run run : runs) {
      long compared = Math.min(run.last(), server.floor);
      if (run.first() <= compared && !server.log.at(compared).epoch().equals(run.epoch())) {
        return true;
      }
    }
    return false;
  }
}
