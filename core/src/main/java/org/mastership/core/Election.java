package org.mastership.core;

import org.jspecify.annotations.Nullable;

/** R3, R4 and R9: the election timer, claims and grants. */
final class Election {
  private Election() {}

  /**
   * R2: starts the election timer. A claim that this server will grant when its promise ends is a
   * message from a different server (claim 7): the claimer gets its time first.
   */
  static void startTimer(Transition server) {
    long delay =
        Measurement.electionDelayNanos(
            server.group, server.self, server.mastership, server.delays, server.ratings);
    server.electionNanos = server.now + delay;
    if (server.kept != null) {
      server.electionNanos =
          openNanos(server, server.kept.epoch().number())
              + server.timing().replyTimeoutNanos()
              + delay;
    }
  }

  /** Another server is known to claim, or told to: it gets the time of a claim first. */
  static void giveWayToClaimer(Transition server) {
    server.electionNanos += server.timing().replyTimeoutNanos();
  }

  /** When this server may grant a candidate. */
  private static long openNanos(Transition server, int candidate) {
    return server.promise.forbids(candidate, server.now) ? server.promise.untilNanos() : server.now;
  }

  /** R3, and R12 where the time to listen after the start is over. */
  static void expireTimer(Transition server) {
    if (server.now < server.electionNanos) {
      return;
    }
    if (server.role == Role.BACKUP && Detection.waitsForAnswers(server)) {
      server.electionNanos = server.now + server.timing().detectionPeriodNanos();
    } else if (server.role == Role.BACKUP) {
      Detection.suspect(server, Effect.Reason.START);
    } else {
      claim(server, Effect.Reason.ELECTED);
    }
  }

  /** R3 (claim 8), R9: tries to become master, with the ranking of its own making. */
  static void claim(Transition server, Effect.Reason reason) {
    claim(server, 0, Preference.next(server), reason);
  }

  /**
   * R3 (claim 8), R6, R9: tries to become master one round above everything heard of. Where no
   * grant of another is needed the server grants itself at once.
   */
  static void claim(Transition server, int revokedIndex, Ranking ranking, Effect.Reason reason) {
    server.applied(Rule.CLAIM);
    server.electionNanos = Long.MAX_VALUE;
    server.candidacy =
        new Candidacy(
            server.seen.next(server.self),
            server.stamp(),
            openNanos(server, server.self) + server.timing().replyTimeoutNanos(),
            0,
            Position.ORIGIN,
            0,
            0,
            0,
            revokedIndex,
            ranking,
            reason);
    if (server.quorum()) {
      Declaration.stepDown(server, reason);
      server.role = Role.CLAIMING;
      server.forgetContacts();
      claimOfAll(server);
    }
    grantItself(server);
  }

  /** R3: the claim goes to all others; whoever has granted it already grants it anew. */
  private static void claimOfAll(Transition server) {
    if (server.candidacy != null) {
      server.sendToOthers(message(server.candidacy));
    }
  }

  /** R3: asks one server for its grant. */
  static void claimOf(Transition server, int peer) {
    if (server.candidacy != null) {
      server.send(peer, message(server.candidacy));
    }
  }

  private static Message message(Candidacy candidacy) {
    return new Message.Claim(candidacy.epoch(), candidacy.stamp());
  }

  /** R4: grants, vouches for the master that answers, keeps the claim, or refuses it. */
  static void onClaim(Transition server, int from, Message.Claim claim) {
    boolean repeated = claim.epoch().equals(server.mastership.epoch());
    if (claim.epoch().number() != from || repeated) {
      return;
    }
    if (server.highest.isAbove(claim.epoch())) {
      server.applied(Rule.REFUSE);
      server.send(
          from,
          server.masterIsFunctional()
              ? new Message.Vouch(server.mastership)
              : new Message.Refuse(server.highest));
    } else if (mayGrant(server, claim.epoch())) {
      grant(server, claim);
    } else if (server.masterIsFunctional()) {
      server.applied(Rule.REFUSE);
      server.send(from, new Message.Vouch(server.mastership));
    } else {
      keep(server, claim);
    }
  }

  /**
   * R4: the promise has ended or is held by the claimer. A master keeps its own promise as long as
   * its lease holds; of two claimers the lower grants the higher, never the other way.
   */
  private static boolean mayGrant(Transition server, Epoch epoch) {
    boolean acting = server.role == Role.MASTER && server.masterIsFunctional();
    boolean claimsHigher = server.candidacy != null && server.candidacy.epoch().isAbove(epoch);
    return !acting && !claimsHigher && !server.promise.forbids(epoch.number(), server.now);
  }

  private static void keep(Transition server, Message.Claim claim) {
    KeptClaim kept = server.kept;
    if (kept != null && kept.epoch().isAbove(claim.epoch())) {
      return;
    }
    server.applied(Rule.KEEP_CLAIM);
    server.kept = new KeptClaim(claim.epoch(), claim.stamp());
    if (server.role == Role.WAITING) {
      startTimer(server);
    }
  }

  /** R4: the grant is on stable storage before it is sent. */
  private static void grant(Transition server, Message.Claim claim) {
    server.applied(Rule.GRANT);
    int candidate = claim.epoch().number();
    Declaration.stepDown(server, Effect.Reason.GRANTED_OTHER);
    if (claim.epoch().isAbove(server.highest)) {
      server.highest = claim.epoch();
      server.seen = Epoch.max(server.seen, claim.epoch());
      Storage.storeEpoch(server, claim.epoch());
    }
    server.promise = Leases.promiseTo(server, candidate);
    server.role = Role.WAITING;
    server.following = null;
    server.candidacy = null;
    server.kept = null;
    startTimer(server);
    giveWayToClaimer(server);
    Message.Grant grant = new Message.Grant(claim.epoch(), claim.stamp(), server.log.last());
    Storage.sendWhenEpochIsStable(server, candidate, grant);
  }

  /** R4: a grant counts for the claim's epoch; its echo counts for the lease, also a later one. */
  static void onGrant(Transition server, int from, Message.Grant grant) {
    Candidacy candidacy = server.candidacy;
    if (server.tenure != null && grant.epoch().equals(server.mastership.epoch())) {
      Leases.echo(server, from, grant.stamp());
    } else if (server.role == Role.CLAIMING
        && candidacy != null
        && candidacy.epoch().equals(grant.epoch())
        && Leases.isOwn(server, grant.stamp())) {
      server.setPeer(from, server.peer(from).echoed(grant.stamp().nanos()));
      server.candidacy = candidacy.granted(from, grant.last());
      grantItself(server);
    }
  }

  /** R4: with a majority the claimer grants itself last, under the conditions of any grant. */
  private static void grantItself(Transition server) {
    Candidacy candidacy = server.candidacy;
    if (candidacy == null || !hasEnough(server.group, candidacy)) {
      return;
    }
    if (!candidacy.epoch().isAbove(server.highest)) {
      giveUp(server);
    } else if (!server.promise.forbids(server.self, server.now)) {
      server.applied(Rule.GRANT_ITSELF);
      server.highest = candidacy.epoch();
      server.seen = Epoch.max(server.seen, candidacy.epoch());
      server.promise = Leases.promiseTo(server, server.self);
      server.candidacy = candidacy.grantedItself(Storage.storeEpoch(server, candidacy.epoch()));
    }
  }

  private static boolean hasEnough(GroupConfiguration group, Candidacy candidacy) {
    return candidacy.ticket() == 0 && candidacy.grantsOfOthers() + 1 >= group.grantsNeeded();
  }

  static void onOwnGrantPersisted(Transition server) {
    Candidacy candidacy = server.candidacy;
    if (candidacy != null
        && candidacy.ticket() != 0
        && candidacy.ticket() <= server.storage.persisted()) {
      Declaration.becomeMaster(server, candidacy);
    }
  }

  /** Whether the end of the promise lets something happen (the deadline of R4). */
  static boolean waitsForPromise(
      GroupConfiguration group,
      Promise promise,
      @Nullable Candidacy candidacy,
      @Nullable KeptClaim kept) {
    if (candidacy == null) {
      return kept != null;
    }
    return hasEnough(group, candidacy)
        || isEarly(candidacy, promise)
        || (kept != null && kept.epoch().isAbove(candidacy.epoch()));
  }

  /** Whether a claim was made before the claimer itself may grant it. */
  private static boolean isEarly(Candidacy candidacy, Promise promise) {
    int claimer = candidacy.epoch().number();
    return candidacy.ticket() == 0 && promise.forbids(claimer, candidacy.stamp().nanos());
  }

  /**
   * R4: the promise has ended, so the kept claim is granted, or the own one. An own claim that
   * waited is made again with a fresh stamp, since the lease is counted from it.
   */
  static void expirePromise(Transition server) {
    if (server.now < server.promise.untilNanos()) {
      return;
    }
    KeptClaim kept = server.kept;
    if (kept != null
        && (server.candidacy == null || kept.epoch().isAbove(server.candidacy.epoch()))) {
      server.kept = null;
      onClaim(server, kept.epoch().number(), new Message.Claim(kept.epoch(), kept.stamp()));
    }
    Candidacy candidacy = server.candidacy;
    if (candidacy != null && isEarly(candidacy, server.promise)) {
      server.applied(Rule.CLAIM);
      server.candidacy = candidacy.restamped(server.stamp());
      claimOfAll(server);
    }
    grantItself(server);
  }

  /** R3: no majority came within the time-out. */
  static void expireClaim(Transition server) {
    Candidacy candidacy = server.candidacy;
    if (candidacy != null && candidacy.ticket() == 0 && server.now >= candidacy.deadlineNanos()) {
      giveUp(server);
    }
  }

  private static void giveUp(Transition server) {
    server.applied(Rule.GIVE_UP);
    server.candidacy = null;
    server.role = Role.WAITING;
    startTimer(server);
  }

  /** R4, R9: the sender has granted or acknowledged a higher epoch, or is no master. */
  static void onRefuse(Transition server, int from, Message.Refuse refuse) {
    server.seen = Epoch.max(server.seen, refuse.highest());
    Candidacy candidacy = server.candidacy;
    if (candidacy != null) {
      if (candidacy.ticket() == 0 && !candidacy.epoch().isAbove(refuse.highest())) {
        giveUp(server);
      }
    } else if (server.tenure != null) {
      if (refuse.highest().isAbove(server.mastership.epoch())) {
        server.applied(Rule.RECLAIM);
        claim(server, Effect.Reason.RECLAIMED);
      }
    } else if (!server.mastership.isKnown()) {
      Detection.onNoMaster(server, from);
    } else if (server.role == Role.BACKUP && from == server.mastership.master()) {
      Detection.suspect(server, Effect.Reason.DISOWNED);
    }
  }
}
