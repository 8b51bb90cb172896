package org.mastership.core;

/** What is due when: the deadlines of a state, and what their passing does. */
final class Timers {
  private Timers() {}

  static Deadline next(GroupConfiguration group, State state) {
    Deadline next =
        Deadline.NEVER
            .earlier(state.electionNanos(), Deadline.Reason.ELECTION)
            .earlier(state.delays().roundTrips().nextNanos(), Deadline.Reason.PING);
    Following following = state.following();
    if (state.role() == Role.BACKUP && following != null) {
      next =
          next.earlier(following.nextInquiryNanos(), Deadline.Reason.INQUIRY)
              .earlier(following.timeoutNanos(group.timing()), Deadline.Reason.REPLY_TIMEOUT);
    }
    Candidacy candidacy = state.candidacy();
    if (candidacy != null && candidacy.ticket() == 0) {
      next = next.earlier(candidacy.deadlineNanos(), Deadline.Reason.CLAIM_TIMEOUT);
    }
    if (Election.waitsForPromise(group, state.promise(), candidacy, state.kept())) {
      next = next.earlier(state.promise().untilNanos(), Deadline.Reason.PROMISE_END);
    }
    return state.tenure() == null ? next : earlierOfTenure(next, group, state, state.tenure());
  }

  private static Deadline earlierOfTenure(
      Deadline soonest, GroupConfiguration group, State state, Tenure tenure) {
    Deadline next =
        soonest
            .earlier(tenure.catchUp().deadlineNanos(), Deadline.Reason.CATCH_UP_TIMEOUT)
            .earlier(tenure.handOver().deadlineNanos(), Deadline.Reason.HAND_OVER_TIMEOUT);
    if (!tenure.lease().sure()) {
      return next;
    }
    next = next.earlier(tenure.lease().untilNanos(), Deadline.Reason.LEASE_END);
    for (int peer = 1; peer <= group.size(); peer++) {
      if (peer != state.mastership().master()) {
        long due = Declaration.announcementNanos(state.peer(peer), group.timing());
        next = next.earlier(due, Deadline.Reason.ANNOUNCEMENT);
      }
    }
    return next;
  }

  static void expire(Transition server) {
    if (server.tenure != null) {
      Declaration.announce(server);
      CatchUp.expire(server);
      HandOver.expire(server);
    }
    Election.expirePromise(server);
    Detection.expire(server);
    Election.expireClaim(server);
    Election.expireTimer(server);
    Measurement.expire(server);
  }
}
