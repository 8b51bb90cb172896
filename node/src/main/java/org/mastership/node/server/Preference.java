package org.mastership.node.server;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Peer;
import org.mastership.core.Ranking;
import org.mastership.core.State;
import org.mastership.core.Tenure;

/**
 * What a master makes of the servers' preference: where it is configured it hands over to a server
 * that is preferred to it (R10); and where the servers' ratings have changed it begins a tenure
 * with the ranking that follows from them (claims 20, 21), so that the next election goes by it.
 */
final class Preference {
  /** So long the ratings must have been the same: servers that start are rated one by one. */
  static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final GroupConfiguration group;
  private final int self;
  private final long preemptNanos;
  private List<Long> ratings = List.of();
  private long sinceNanos;

  /**
   * @param preemptNanos how long a tenure lasts at least before it is handed over; 0 for until its
   *     master fails
   */
  Preference(GroupConfiguration group, int self, long preemptNanos) {
    this.group = group;
    this.self = self;
    this.preemptNanos = preemptNanos;
  }

  /** Whom to hand over to: the preferred server that has all that is committed. */
  Optional<Integer> successor(State state, long nowNanos) {
    Tenure tenure = state.tenure();
    if (preemptNanos == 0
        || tenure == null
        || !tenure.catchUp().done()
        || tenure.handOver().begun()
        || nowNanos - tenure.sinceNanos() < preemptNanos) {
      return Optional.empty();
    }
    Ranking ranking = group.ranking(state.ratings());
    return group.backupsOf(self, ranking).stream()
        .filter(number -> group.indexOf(number, ranking) < group.indexOf(self, ranking))
        .filter(number -> isUpToDate(state.peer(number), state))
        .findFirst();
  }

  private static boolean isUpToDate(Peer peer, State state) {
    return peer.connected()
        && peer.progress().accepted() > 0
        && peer.progress().accepted() >= state.committed();
  }

  /** Whether the servers rank otherwise than in this master's tenure, for long enough. */
  boolean ranksAnew(State state, long nowNanos) {
    if (!state.ratings().equals(ratings)) {
      ratings = state.ratings();
      sinceNanos = nowNanos;
    }
    return state.tenure() != null
        && nowNanos - sinceNanos >= SETTLED_NANOS
        && !group.ranking(ratings).equals(state.mastership().ranking());
  }
}
