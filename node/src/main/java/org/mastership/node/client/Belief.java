package org.mastership.node.client;

import org.mastership.node.wire.MastershipNotice;

/**
 * What a server has said of the mastership.
 *
 * @param server its number; 0 if it has said nothing
 * @param epoch of the mastership, as a fencing token
 * @param master the master's number; 0 if it knows none
 * @param address the master's address, as said; empty if it knows none
 * @param denied whether it has said since that it is not the master itself
 */
record Belief(int server, long epoch, int master, String address, boolean denied) {
  static final Belief NONE = new Belief(0, 0, 0, "", false);

  static Belief of(MastershipNotice notice) {
    return new Belief(
        notice.getServer(), notice.getEpochToken(), notice.getMaster(), notice.getAddress(), false);
  }

  boolean knowsMaster() {
    return master != 0;
  }

  /** The same after the server, asked as master, pointed to another one or to none. */
  Belief pointingTo(int other, String otherAddress) {
    return other == 0
        ? new Belief(server, epoch, master, address, true)
        : new Belief(server, epoch, other, otherAddress, true);
  }

  /** The same when what it has denied may have changed. */
  Belief notDenied() {
    return new Belief(server, epoch, master, address, false);
  }
}
