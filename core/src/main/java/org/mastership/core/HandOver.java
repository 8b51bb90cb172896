package org.mastership.core;

/**
 * R10: orderly hand-over. A master that is to go brings its successor up to date first, so that the
 * group is without a master only for the claim.
 */
final class HandOver {
  private HandOver() {}

  /**
   * R10: the master stops admitting requests until the target has its whole log.
   *
   * @param target who is to be master, 0 for the back-up that has most of the log
   */
  static void onResign(Transition server, int target) {
    if (target != 0) {
      server.requirePeer(target);
    }
    Tenure tenure = server.tenure;
    if (tenure == null || (server.group.replicates() && !tenure.catchUp().done())) {
      return;
    }
    int successor = target == 0 ? bestOf(server) : target;
    if (successor != 0 && server.peer(successor).connected()) {
      server.applied(Rule.RESIGN);
      long deadline = server.now + server.timing().replyTimeoutNanos();
      server.tenure = tenure.with(new Tenure.HandingOver(successor, deadline));
    }
  }

  /** Of those that have most of the log the one with the smallest index, 0 for none. */
  private static int bestOf(Transition server) {
    int best = 0;
    long most = -1;
    for (int peer : server.group.backupsOf(server.self, server.mastership.ranking())) {
      long accepted = server.peer(peer).progress().accepted();
      if (server.peer(peer).connected() && accepted > most) {
        best = peer;
        most = accepted;
      }
    }
    return best;
  }

  /**
   * R10: as soon as the target has the whole log, and all of it is answered, the master resigns.
   * The last thing of every step.
   */
  static void proceed(Transition server) {
    Tenure tenure = server.tenure;
    if (tenure == null || !tenure.handOver().begun()) {
      return;
    }
    int target = tenure.handOver().target();
    if (!server.group.replicates() || isUpToDate(server, tenure, target)) {
      resign(server, target);
    }
  }

  private static boolean isUpToDate(Transition server, Tenure tenure, int target) {
    long last = server.log.lastSequence();
    return server.executed == last
        && tenure.answers().sent() == last
        && server.peer(target).progress().accepted() == last;
  }

  /**
   * R10: the tenure ends before anybody is told so. Whoever is told is free to grant another, and
   * so is this server; it waits for the target to claim before it does so itself.
   */
  private static void resign(Transition server, int target) {
    server.applied(Rule.RESIGN);
    Epoch epoch = server.mastership.epoch();
    Declaration.stepDown(server, Effect.Reason.RESIGNED);
    server.role = Role.WAITING;
    server.promise = new Promise(0, server.now);
    Election.startTimer(server);
    Election.giveWayToClaimer(server);
    server.sendToOthers(new Message.Resign(epoch, target));
  }

  /** R10: the target could not be brought up to date in time; requests are admitted again. */
  static void expire(Transition server) {
    Tenure tenure = server.tenure;
    if (tenure != null && server.now >= tenure.handOver().deadlineNanos()) {
      server.applied(Rule.RESIGN);
      server.tenure = tenure.with(Tenure.HandingOver.NONE);
    }
  }

  /**
   * R10: a master's tenure is over, so what was promised to it is void. That of one that is not the
   * latest that this server knows of says nothing: the promise may be for a later tenure.
   */
  static void onResigned(Transition server, int from, Message.Resign resign) {
    Epoch epoch = resign.epoch();
    boolean entitled = from == epoch.number() || from == resign.target();
    if (!entitled || epoch.number() == server.self || !epoch.equals(server.highest)) {
      return;
    }
    server.applied(Rule.RESIGN);
    if (server.promise.holder() == epoch.number()) {
      server.promise = new Promise(0, server.now);
    }
    if (server.role == Role.CLAIMING || isOver(server, epoch)) {
      return;
    }
    server.mastership = server.mastership.learn(new Mastership(epoch));
    server.following = null;
    Detection.suspect(server, Effect.Reason.RESIGNED);
    if (resign.target() == server.self) {
      Election.claim(server, Effect.Reason.HANDED_OVER);
    } else {
      Election.giveWayToClaimer(server);
    }
  }

  /**
   * R10: whether this server has been told that a tenure ended in good order; what comes of it
   * still is old.
   */
  static boolean isOver(Transition server, Epoch epoch) {
    return server.following == null && server.mastership.epoch().equals(epoch);
  }

  /**
   * R10: who still stands by the tenure that is over is told so by the one that claims after it.
   */
  static void tell(Transition server, int to, Epoch epoch) {
    if (server.role == Role.CLAIMING) {
      server.applied(Rule.RESIGN);
      server.send(to, new Message.Resign(epoch, server.self));
      Election.claimOf(server, to);
    }
  }
}
