package org.mastership.node.server;

import java.util.ArrayList;
import java.util.List;

/**
 * Which back-ups have other results than this master: when they are most of the group, the master
 * is the odd one. For the event loop only.
 */
final class Divergence {
  private final int size;
  private final List<Integer> peers = new ArrayList<>();

  Divergence(int size) {
    this.size = size;
  }

  /** Takes note of a back-up that differs, and says whether the master is the odd one now. */
  boolean isMaster(int peer) {
    if (!peers.contains(peer)) {
      peers.add(peer);
    }
    return size > 2 && peers.size() > size / 2;
  }

  void clear() {
    peers.clear();
  }
}
