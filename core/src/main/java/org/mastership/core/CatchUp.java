package org.mastership.core;

/**
 * Requests: before it serves, a new master fetches what the best log among its grants has (QUORUM)
 * or among the back-ups that acknowledged it in time (TIMED). So any index can win.
 */
final class CatchUp {
  private static final long NOBODY = 0;

  private CatchUp() {}

  /** When catching up has taken too long; never where there is no log. */
  static long deadlineNanos(Transition server) {
    return server.group.replicates()
        ? server.now + server.timing().replyTimeoutNanos()
        : Long.MAX_VALUE;
  }

  /**
   * @param wasMaster whether the server was master before: it won a comparison, so its log is the
   *     one that counts (TIMED)
   */
  static void begin(Transition server, Candidacy won, boolean wasMaster) {
    if (!server.group.replicates()) {
      return;
    }
    if (wasMaster) {
      open(server, NOBODY);
    } else if (server.quorum()) {
      fetchOrOpen(server, won.bestHolder(), won.best(), won.holders());
    } else {
      proceed(server);
    }
  }

  /** TIMED: goes on as soon as every connected back-up has acknowledged. */
  static void proceed(Transition server) {
    if (waitsForBackups(server) && allInquired(server)) {
      fetchFromBest(server);
    }
  }

  private static boolean waitsForBackups(Transition server) {
    Tenure tenure = server.tenure;
    return !server.quorum()
        && server.group.replicates()
        && tenure != null
        && !tenure.catchUp().done()
        && tenure.catchUp().source() == 0;
  }

  private static boolean allInquired(Transition server) {
    for (int number = 1; number <= server.group.size(); number++) {
      Peer peer = server.peer(number);
      if (number != server.self && peer.connected() && !peer.contact().inquired()) {
        return false;
      }
    }
    return true;
  }

  private static void fetchFromBest(Transition server) {
    int holder = 0;
    long holders = NOBODY;
    Position best = Position.ORIGIN;
    for (int number = 1; number <= server.group.size(); number++) {
      Peer peer = server.peer(number);
      Position last = peer.contact().last();
      if (number == server.self || !peer.connected()) {
        continue;
      }
      if (last.compareTo(best) > 0) {
        holder = number;
        best = last;
        holders = NOBODY;
      }
      if (peer.contact().inquired() && last.equals(best)) {
        holders |= 1L << number;
      }
    }
    fetchOrOpen(server, holder, best, holders);
  }

  /**
   * @param holders one bit for each server that is known to have the log up to {@code best}
   */
  private static void fetchOrOpen(Transition server, int holder, Position best, long holders) {
    if (holder == 0 || best.compareTo(server.log.last()) <= 0) {
      open(server, best.equals(server.log.last()) ? holders : NOBODY);
    } else {
      fetch(server, holder, best, server.log.last());
    }
  }

  private static void fetch(Transition server, int holder, Position target, Position after) {
    Tenure tenure = server.tenure;
    if (tenure == null) {
      return;
    }
    server.applied(Rule.CATCH_UP);
    long deadline = server.now + server.timing().replyTimeoutNanos();
    server.tenure = tenure.with(new Tenure.CatchingUp(holder, target, deadline, 0));
    server.send(holder, new Message.Fetch(server.mastership.epoch(), after));
  }

  /** The holder serves a new master only while that one's epoch is the latest it granted. */
  static void onFetch(Transition server, int from, Message.Fetch fetch) {
    if (fetch.epoch().number() != from || !fetch.epoch().equals(server.highest)) {
      return;
    }
    Log log = server.log;
    Position after = fetch.after();
    server.applied(Rule.CATCH_UP);
    if (!log.contains(after)) {
      server.send(from, new Message.Unfetched(fetch.epoch(), log.floor(after)));
    } else if (after.sequence() < log.lastSequence()) {
      long last = Compaction.end(server, after.sequence() + 1);
      server.send(
          from, new Message.Fetched(fetch.epoch(), after, log.slice(after.sequence() + 1, last)));
    }
  }

  static void onFetched(Transition server, int from, Message.Fetched fetched) {
    Tenure tenure = server.tenure;
    if (tenure == null
        || !fetchesFrom(server, tenure, from, fetched.epoch())
        || !server.log.contains(fetched.before())) {
      return;
    }
    if (Compaction.conflict(server, fetched.before(), fetched.runs())) {
      Replication.cutAll(server);
    }
    if (!server.log.contains(fetched.before())) {
      fetch(server, from, tenure.catchUp().target(), Position.ORIGIN);
      return;
    }
    Replication.merge(server, fetched.runs());
    Tenure.CatchingUp catchUp = tenure.catchUp();
    if (server.log.last().compareTo(catchUp.target()) >= 0) {
      open(server, NOBODY);
    } else {
      fetch(server, from, catchUp.target(), server.log.last());
    }
  }

  static void onUnfetched(Transition server, int from, Message.Unfetched unfetched) {
    Tenure tenure = server.tenure;
    if (tenure != null && fetchesFrom(server, tenure, from, unfetched.epoch())) {
      Position meeting = server.log.floor(unfetched.floor());
      fetch(server, from, tenure.catchUp().target(), meeting);
    }
  }

  /** A snapshot takes as long as it takes: parts of it that arrive show that the holder sends. */
  static void onArriving(Transition server, int from) {
    Tenure tenure = server.tenure;
    if (tenure != null && !tenure.catchUp().done() && tenure.catchUp().source() == from) {
      server.applied(Rule.CATCH_UP);
      Position target = tenure.catchUp().target();
      long deadline = server.now + server.timing().replyTimeoutNanos();
      server.tenure = tenure.with(new Tenure.CatchingUp(from, target, deadline, 0));
    }
  }

  private static boolean fetchesFrom(Transition server, Tenure tenure, int from, Epoch epoch) {
    return epoch.equals(server.mastership.epoch())
        && !tenure.catchUp().done()
        && tenure.catchUp().source() == from;
  }

  /**
   * Catching up took too long. QUORUM: claim again, for other grants. TIMED: go on with the best of
   * the back-ups that have acknowledged, or without the one that no longer sends.
   */
  static void expire(Transition server) {
    Tenure tenure = server.tenure;
    if (tenure == null || server.now < tenure.catchUp().deadlineNanos()) {
      return;
    }
    if (server.quorum()) {
      server.applied(Rule.RECLAIM);
      Election.claim(server, Effect.Reason.CATCH_UP_FAILED);
    } else if (tenure.catchUp().source() == 0) {
      fetchFromBest(server);
    } else {
      open(server, NOBODY);
    }
  }

  /**
   * A tenure begins with an empty entry of its epoch; from then on requests are admitted. A back-up
   * whose log is known to match is sent them at once; with any other the first entry finds out.
   *
   * @param matching one bit for each server that has this log and no more
   */
  private static void open(Transition server, long matching) {
    Tenure tenure = server.tenure;
    if (tenure == null) {
      return;
    }
    server.applied(Rule.OPEN_TENURE);
    long first = server.log.lastSequence() + 1;
    Storage.append(server, new Run(server.mastership.epoch(), first, first), Effect.Origin.TENURE);
    server.tenure =
        tenure.with(Tenure.CatchingUp.doneWith(first)).with(new Tenure.Answers(first, 0, 0));
    for (int number = 1; number <= server.group.size(); number++) {
      if (number != server.self) {
        Peer peer = server.peer(number);
        boolean counted = !server.quorum() && peer.connected() && peer.contact().inquired();
        Peer.Progress progress =
            (matching >> number & 1) != 0
                ? Peer.Progress.matching(first, server.now, counted)
                : Peer.Progress.from(first, server.now, counted);
        server.setPeer(number, peer.with(progress));
        Replication.send(server, number);
      }
    }
  }
}
