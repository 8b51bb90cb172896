package org.mastership.core;

/** R1, R2 and R12: inquiring of the master, and what follows when it does not answer. */
final class Detection {
  /** How many times P + T a server that starts waits for the answer of one that it has asked. */
  private static final int START_PATIENCE = 3;

  private Detection() {}

  /** R1: the back-up inquires, or its oldest inquiry has waited too long. */
  static void expire(Transition server) {
    Following following = server.following;
    if (server.role != Role.BACKUP || following == null) {
      return;
    }
    if (server.now >= following.timeoutNanos(server.timing())) {
      suspect(server, Effect.Reason.NO_REPLY);
    } else if (server.now >= following.nextInquiryNanos()) {
      inquire(server, following);
    }
  }

  /**
   * R1 (claim 4). What is handed to a connection makes a promise to the master, counted from now
   * (R7); without a connection only the time-out runs.
   */
  static void inquire(Transition server, Following following) {
    int master = server.mastership.master();
    long next = server.now + server.timing().detectionPeriodNanos();
    server.following = following.inquired(server.now, next);
    if (!server.peer(master).connected()) {
      return;
    }
    server.applied(Rule.INQUIRE);
    server.promise = Leases.promiseTo(server, master);
    Storage.sendWhenEpochIsStable(
        server,
        master,
        new Message.Inquiry(
            server.mastership.epoch(),
            following.echo(),
            server.now,
            Math.min(following.accepted(), server.storage.stable()),
            server.log.at(server.storage.stable()),
            server.executed,
            server.digest,
            Measurement.heldNanos(server),
            server.delays.roundTrips().row()));
  }

  /** R1 (claim 4): the master answers, and learns from the echo how long its lease holds (R7). */
  static void onInquiry(Transition server, int from, Message.Inquiry inquiry) {
    Tenure tenure = server.tenure;
    if (tenure == null) {
      answerInPlaceOfMaster(server, from, inquiry.epoch());
      return;
    }
    Epoch epoch = server.mastership.epoch();
    if (!inquiry.epoch().equals(epoch)) {
      Declaration.declareTo(server, from);
      return;
    }
    long electionDelay = DelayOffer.nanos(server, from, inquiry);
    server.setPeer(from, server.peer(from).inquired(server.now, inquiry.last()));
    Leases.echo(server, from, inquiry.echo());
    Replication.accept(server, from, inquiry.accepted());
    Replication.resendIfStuck(server, from);
    server.send(
        from,
        new Message.Reply(
            epoch,
            server.stamp(),
            inquiry.sentNanos(),
            server.masterIsFunctional(),
            nextInPhase(server, tenure),
            server.committed,
            electionDelay,
            server.mastership.ranking()));
    CatchUp.proceed(server);
  }

  /** R11: all back-ups inquire in the phase of the tenure, a period after the last time or so. */
  private static long nextInPhase(Transition server, Tenure tenure) {
    long period = server.timing().detectionPeriodNanos();
    long next = period - Math.floorMod(server.now - tenure.sinceNanos(), period);
    return next < period / 2 ? next + period : next;
  }

  /** An inquiry of a server that is not master: it says so, or names the master it follows. */
  private static void answerInPlaceOfMaster(Transition server, int from, Epoch epoch) {
    if (epoch.number() != server.self || server.role == Role.CLAIMING) {
      return;
    }
    boolean knowsNewer = server.mastership.epoch().isAbove(epoch) && server.masterIsFunctional();
    server.applied(Rule.REFUSE);
    server.send(
        from,
        knowsNewer ? new Message.Vouch(server.mastership) : new Message.Refuse(server.highest));
  }

  /** R1: a reply that says that the master's lease is not valid counts as none. */
  static void onReply(Transition server, int from, Message.Reply reply) {
    Following following = server.following;
    if (following == null || !reply.epoch().equals(server.mastership.epoch())) {
      return;
    }
    if (from != server.mastership.master()
        || server.highest.isAbove(reply.epoch())
        || !server.group.isRankedBy(reply.ranking())) {
      return;
    }
    server.mastership = server.mastership.learn(new Mastership(reply.epoch(), reply.ranking()));
    server.following = following.echo(reply.stamp());
    if (reply.leaseValid()) {
      server.applied(Rule.REPLY);
      Measurement.assigned(server, reply);
      Following heard = server.following;
      long next = inPhase(server, heard.nextInquiryNanos(), reply.inquireInNanos());
      server.following = heard.replied(reply.sentNanos(), server.now, next);
      if (server.role != Role.BACKUP) {
        Declaration.standBy(server, Effect.Reason.VOUCHED);
      }
    }
    Replication.learnCommitted(server, reply.committed());
  }

  /**
   * R11: the next inquiry is moved into the master's phase, by half a period at most. It is not
   * counted from the reply: where a round trip takes longer than a period, each reply would put off
   * the next inquiry once more.
   */
  private static long inPhase(Transition server, long nextNanos, long inNanos) {
    long period = server.timing().detectionPeriodNanos();
    long half = period / 2;
    return nextNanos + Math.floorMod(server.now + inNanos - nextNanos + half, period) - half;
  }

  /** R2 (claims 7, 9): the master is not functional; the election timer starts with D(i). */
  static void suspect(Transition server, Effect.Reason reason) {
    server.applied(Rule.WAIT);
    server.role = Role.WAITING;
    if (server.following != null) {
      server.following = server.following.suspected();
    }
    server.report(Effect.Change.SUSPECTED, server.mastership, reason);
    Election.startTimer(server);
  }

  /** R12: who has just started listens for P + T from when it could last ask another server. */
  static void onConnected(Transition server, int peer) {
    server.requirePeer(peer);
    server.setPeer(peer, server.peer(peer).connected(true));
    Preference.tell(server, peer);
    if (server.tenure != null) {
      Declaration.declareTo(server, peer);
      Replication.restart(server, peer);
    } else if (server.role == Role.CLAIMING) {
      Election.claimOf(server, peer);
    } else if (!server.mastership.isKnown()) {
      server.applied(Rule.ASK);
      server.send(peer, new Message.Ask());
      if (server.role == Role.BACKUP) {
        server.setPeer(peer, Peer.unknown(true, server.now));
        long heardBy = server.now + server.timing().silenceNanos();
        server.electionNanos = Math.max(server.electionNanos, heardBy);
      }
    } else if (server.role == Role.BACKUP
        && peer == server.mastership.master()
        && server.following != null) {
      inquire(server, server.following);
    }
  }

  /** R12: a server that was asked for the master knows none. */
  static void onNoMaster(Transition server, int from) {
    server.setPeer(from, server.peer(from).inquired(server.now, Position.ORIGIN));
  }

  /**
   * R12: whether a server that was asked may still answer. A process that has just started can be
   * slow to hear, so it waits for answers far longer than P + T before it takes silence for one.
   */
  static boolean waitsForAnswers(Transition server) {
    long patience = START_PATIENCE * server.timing().silenceNanos();
    for (int number = 1; number <= server.group.size(); number++) {
      Peer peer = server.peer(number);
      boolean silent = peer.connected() && !peer.contact().inquired();
      if (number != server.self && silent && server.now < peer.contact().heardNanos() + patience) {
        return true;
      }
    }
    return false;
  }

  static void onDisconnected(Transition server, int peer) {
    server.requirePeer(peer);
    server.setPeer(peer, server.peer(peer).connected(false));
    CatchUp.proceed(server);
  }

  /** R1: nobody listens there, so what was the master is not functional. */
  static void onRefused(Transition server, int peer) {
    onDisconnected(server, peer);
    if (server.tenure != null) {
      Replication.giveUpOn(server, peer);
    } else if (server.role == Role.BACKUP && peer == server.mastership.master()) {
      suspect(server, Effect.Reason.REFUSED);
    }
  }
}
