package org.mastership.node.client;

import java.util.Comparator;
import org.mastership.node.wire.MastershipNotice;

/**
 * What a server has said of the mastership.
 *
 * @param server its number; 0 if it has said nothing
 * @param epoch of the mastership, as a fencing token
 * @param master the number of the server to ask: the master, or the one that this server has handed
 *     over to; 0 if it knows none
 * @param address the address of that server, as said; empty if it knows none
 * @param over whether this server was the master of that epoch itself, and has handed over
 * @param denied whether it has said since that it is not the master itself
 */
record Belief(int server, long epoch, int master, String address, boolean over, boolean denied) {
  static final Belief NONE = new Belief(0, 0, 0, "", false, false);

  /**
   * The most telling first: the highest epoch, and of one epoch the word of its own master that has
   * handed over, for the others may not have heard of that.
   */
  static final Comparator<Belief> MOST_TELLING =
      Comparator.comparingLong(Belief::epoch).thenComparing(Belief::over).reversed();

  static Belief of(MastershipNotice notice) {
    boolean over = notice.getSuccessor() != 0;
    return new Belief(
        notice.getServer(),
        notice.getEpochToken(),
        over ? notice.getSuccessor() : notice.getMaster(),
        over ? notice.getSuccessorAddress() : notice.getAddress(),
        over,
        false);
  }

  boolean knowsMaster() {
    return master != 0;
  }

  /**
   * Whether it may be asked as master, if others say that it is: it does not say that it is not.
   * That a tenure of its own is over says nothing of a later one: the word of that may be under
   * way, or the connection may be dead, which shows only if something is asked on it.
   *
   * @param named the epoch under which others say so
   */
  boolean mayBeMaster(long named) {
    return !denied && !(over && named <= epoch);
  }

  /**
   * The same after a newer notice. A tenure that is over does not begin again, so what the server
   * says of that epoch once more is old.
   */
  Belief after(Belief notice) {
    return over && !notice.over && notice.epoch <= epoch ? this : notice;
  }

  /** The same after the server, asked as master, pointed to another one or to none. */
  Belief pointingTo(int other, String otherAddress) {
    if (other == 0) {
      return new Belief(server, epoch, master, address, over, true);
    }
    boolean handedOver = over || (master == server && other != server);
    return new Belief(server, epoch, other, otherAddress, handedOver, true);
  }

  /** The same when what it has denied may have changed. */
  Belief notDenied() {
    return new Belief(server, epoch, master, address, over, false);
  }
}
