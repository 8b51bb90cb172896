package org.mastership.node.server;

import java.util.Optional;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Peer;
import org.mastership.core.State;
import org.mastership.core.Tenure;

/** R10, where it is configured: a master hands over to a server that is preferred to it. */
final class Preemption {
  private final GroupConfiguration group;
  private final int self;
  private final long afterNanos;

  /**
   * @param afterNanos how long a tenure lasts at least
   */
  Preemption(GroupConfiguration group, int self, long afterNanos) {
    this.group = group;
    this.self = self;
    this.afterNanos = afterNanos;
  }

  /** Whom to hand over to: the preferred server that has all that is committed. */
  Optional<Integer> successor(State state, long nowNanos) {
    Tenure tenure = state.tenure();
    if (tenure == null
        || !tenure.catchUp().done()
        || tenure.handOver().begun()
        || nowNanos - tenure.sinceNanos() < afterNanos) {
      return Optional.empty();
    }
    return group.backupsOf(self).stream()
        .filter(number -> group.indexOf(number) < group.indexOf(self))
        .filter(number -> isUpToDate(state.peer(number), state))
        .findFirst();
  }

  private static boolean isUpToDate(Peer peer, State state) {
    return peer.connected()
        && peer.progress().accepted() > 0
        && peer.progress().accepted() >= state.committed();
  }
}
