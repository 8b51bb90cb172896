package org.mastership.core;

/** R5, R6 and R8: declaring, acknowledging, comparing and revoking a mastership. */
final class Declaration {
  private Declaration() {}

  /** R3, R4, R6 (claims 8, 23): the own grant is stable, the tenure begins. */
  static void becomeMaster(Transition server, Candidacy candidacy) {
    boolean wasMaster = server.tenure != null;
    stepDown(server, candidacy.reason());
    server.applied(Rule.BECOME_MASTER);
    server.role = Role.MASTER;
    server.mastership = new Mastership(candidacy.epoch(), candidacy.ranking());
    server.following = null;
    server.candidacy = null;
    server.kept = null;
    server.electionNanos = Long.MAX_VALUE;
    if (!server.quorum() && !wasMaster) {
      server.forgetContacts();
    }
    Tenure tenure = Tenure.begin(server.now, CatchUp.deadlineNanos(server));
    Leases.begin(server, tenure, candidacy.reason());
    declareToAll(server, candidacy.revokedIndex());
    CatchUp.begin(server, candidacy, wasMaster);
  }

  private static void declareToAll(Transition server, int revokedIndex) {
    Epoch epoch = server.mastership.epoch();
    Ranking ranking = server.mastership.ranking();
    int index = server.group.indexOf(server.self, ranking);
    Message message =
        revokedIndex == 0
            ? new Message.Declare(epoch, server.stamp(), ranking)
            : new Message.Revoke(epoch, server.stamp(), revokedIndex, index, ranking);
    server.applied(revokedIndex == 0 ? Rule.ANNOUNCE : Rule.REVOKE);
    server.sendToOthers(message);
  }

  /** Ends the own tenure, if there is one. */
  static void stepDown(Transition server, Effect.Reason reason) {
    Tenure tenure = server.tenure;
    server.tenure = null;
    if (tenure != null && tenure.lease().gained()) {
      server.report(Effect.Change.LOST, server.mastership, reason);
    }
  }

  /** R8: tells one server who is master. */
  static void declareTo(Transition server, int to) {
    server.applied(Rule.ANNOUNCE);
    server.setPeer(to, server.peer(to).declared(server.now));
    Mastership own = server.mastership;
    server.send(to, new Message.Declare(own.epoch(), server.stamp(), own.ranking()));
  }

  /** R8: when a silent server is to be told again, or is no longer held functional. */
  static long announcementNanos(Peer peer, Timing timing) {
    long silent = peer.contact().heardNanos() + timing.silenceNanos();
    if (peer.progress().counted()) {
      return silent;
    }
    long again = peer.contact().declaredNanos() + timing.detectionPeriodNanos();
    return peer.connected() ? Math.max(silent, again) : Long.MAX_VALUE;
  }

  /**
   * R8: repeats the declaration to each server that has not inquired for P + T. A master that is
   * not sure of its lease does not: whoever hears it but is not heard by it would never elect
   * another.
   */
  static void announce(Transition server) {
    if (!server.masterIsFunctional()) {
      return;
    }
    for (int number = 1; number <= server.group.size(); number++) {
      Peer peer = server.peer(number);
      if (number == server.self || server.now < announcementNanos(peer, server.timing())) {
        continue;
      }
      if (peer.progress().counted()) {
        Replication.giveUpOn(server, number);
      }
      if (peer.connected()) {
        declareTo(server, number);
      }
    }
  }

  /** R12: a master declares itself, a back-up vouches for a master that answers it, or for none. */
  static void onAsk(Transition server, int from) {
    if (server.tenure != null) {
      declareTo(server, from);
    } else if (server.masterIsFunctional()) {
      server.send(from, new Message.Vouch(server.mastership));
    } else if (!isAboutToDeclare(server)) {
      server.applied(Rule.REFUSE);
      server.send(from, new Message.Refuse(server.highest));
    }
  }

  /** Whether this server's own epoch waits for the disk: it is not named before it is declared. */
  private static boolean isAboutToDeclare(Transition server) {
    return server.candidacy != null && server.candidacy.epoch().equals(server.highest);
  }

  /** R5 (claims 15 to 18): the first message. */
  static void onDeclare(Transition server, int from, Message.Declare declare) {
    if (declare.epoch().number() == from) {
      Mastership declared = new Mastership(declare.epoch(), declare.ranking());
      meet(server, from, declared, declare.stamp(), Effect.Reason.DECLARED);
    }
  }

  /** R6 (claims 18, 19, 23): the second message. */
  static void onRevoke(Transition server, int from, Message.Revoke revoke) {
    if (revoke.epoch().number() == from) {
      Mastership declared = new Mastership(revoke.epoch(), revoke.ranking());
      meet(server, from, declared, revoke.stamp(), Effect.Reason.REVOKED);
    }
  }

  /** R4, R5: hearsay about a mastership; a stale one is not worth an answer. */
  static void onVouch(Transition server, int from, Message.Vouch vouch) {
    Epoch epoch = vouch.mastership().epoch();
    if (epoch.isAbove(server.highest) || epoch.equals(server.highest)) {
      meet(server, from, vouch.mastership(), Stamp.NONE, Effect.Reason.VOUCHED);
    }
  }

  /**
   * R8, R13 (claim 27): the name server knows a mastership above all that this one knows. It is met
   * as if its master had declared it here. Where it is this server's own, from before it lost its
   * disk, a master claims above it: a lower epoch is never registered.
   */
  static void onRegistered(Transition server, Epoch epoch) {
    if (!epoch.isAbove(server.highest)) {
      return;
    }
    server.applied(Rule.LOOK_UP);
    if (epoch.number() != server.self) {
      Mastership registered = new Mastership(epoch);
      meet(server, epoch.number(), registered, Stamp.NONE, Effect.Reason.REGISTERED);
      return;
    }
    server.seen = Epoch.max(server.seen, epoch);
    if (server.tenure != null && server.candidacy == null) {
      server.applied(Rule.RECLAIM);
      Election.claim(server, Effect.Reason.RECLAIMED);
    }
  }

  /**
   * R5: a mastership of another server is compared with what this one knows: acknowledged, answered
   * with a newer one, or revoked.
   */
  static void meet(
      Transition server, int from, Mastership other, Stamp stamp, Effect.Reason reason) {
    Epoch epoch = other.epoch();
    int master = epoch.number();
    if (master == 0
        || master == server.self
        || master > server.group.size()
        || !server.group.isRankedBy(other.ranking())) {
      return;
    }
    server.seen = Epoch.max(server.seen, epoch);
    if (server.highest.isAbove(epoch)) {
      answerStale(server, from);
    } else if (HandOver.isOver(server, epoch)) {
      HandOver.tell(server, from, epoch);
    } else if (server.tenure != null && !server.quorum() && winsOver(server, other)) {
      revoke(server, other);
    } else {
      acknowledge(server, from, other, stamp, reason);
    }
  }

  /**
   * Claim 19: the greater index loses. Two masters may rank otherwise; the ranking of the higher
   * epoch counts, which is the other's here, or else both could win.
   */
  private static boolean winsOver(Transition server, Mastership other) {
    Ranking ranking = other.ranking();
    return server.group.indexOf(server.self, ranking)
        < server.group.indexOf(other.master(), ranking);
  }

  /** R6: the ranking by which this server has won stays, or it could lose by another one. */
  private static void revoke(Transition server, Mastership loser) {
    int revokedIndex = server.group.indexOf(loser.master(), loser.ranking());
    Election.claim(server, revokedIndex, loser.ranking(), Effect.Reason.REVOKED_OTHER);
  }

  /**
   * R5: what is stale is answered with the newer mastership, so that its sender learns of it. A
   * server that is about to become master itself does not answer: it declares itself as soon as its
   * epoch is stable, and a master that heard of the epoch before would claim above it (R9).
   */
  private static void answerStale(Transition server, int to) {
    if (isAboutToDeclare(server)) {
      return;
    }
    server.applied(Rule.REFUSE);
    boolean known = server.mastership.epoch().equals(server.highest);
    server.send(
        to, known ? new Message.Vouch(server.mastership) : new Message.Refuse(server.highest));
  }

  /** R5 (claims 17, 22): the server becomes a back-up of the master and inquires at once. */
  private static void acknowledge(
      Transition server, int from, Mastership other, Stamp stamp, Effect.Reason reason) {
    Epoch epoch = other.epoch();
    boolean same = server.mastership.epoch().equals(epoch) && server.following != null;
    stepDown(server, reason);
    if (epoch.isAbove(server.highest)) {
      server.highest = epoch;
      Storage.storeEpoch(server, epoch);
    }
    server.mastership = server.mastership.learn(other);
    if (!same || server.following == null) {
      server.following = Following.unheard(server.now, Replication.ofTenure(server, epoch));
    }
    if (from == epoch.number() && !stamp.equals(Stamp.NONE)) {
      server.following = server.following.declared(stamp, server.now);
    }
    if (!same || server.role != Role.BACKUP) {
      standBy(server, reason);
    }
    Detection.inquire(server, server.following);
  }

  /** R2, R5: ends a wait or a claim in favour of the master that is known. */
  static void standBy(Transition server, Effect.Reason reason) {
    server.applied(Rule.ACKNOWLEDGE);
    server.role = Role.BACKUP;
    server.electionNanos = Long.MAX_VALUE;
    server.candidacy = null;
    if (server.kept != null && server.masterIsFunctional()) {
      server.send(server.kept.epoch().number(), new Message.Vouch(server.mastership));
    }
    server.kept = null;
    server.report(Effect.Change.FOLLOWING, server.mastership, reason);
  }
}
