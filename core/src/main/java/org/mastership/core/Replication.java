package org.mastership.core;

import java.util.Arrays;
import java.util.List;

/** Requests: the master's log goes to its back-ups, and what enough of them hold is committed. */
final class Replication {
  private Replication() {}

  /** Sends a back-up what it lacks, as far as may be sent ahead of its acknowledgement. */
  static void send(Transition server, int to) {
    Tenure tenure = server.tenure;
    if (tenure == null || !tenure.catchUp().done() || !server.peer(to).connected()) {
      return;
    }
    GroupConfiguration.Limits limits = server.group.limits();
    Peer.Progress progress = server.peer(to).progress();
    while (progress.next() <= server.log.lastSequence() && mayGoAhead(server, progress, limits)) {
      long first = progress.next();
      long end = Compaction.end(server, first);
      server.send(
          to,
          new Message.Entries(
              server.mastership.epoch(),
              server.log.at(first - 1),
              server.log.slice(first, end),
              server.committed));
      progress = sent(server, progress, end);
    }
    server.setPeer(to, server.peer(to).with(progress));
  }

  /** After a snapshot nothing follows until it is accepted, or lost. */
  private static Peer.Progress sent(Transition server, Peer.Progress progress, long end) {
    if (Compaction.takesSnapshot(server, progress)) {
      return progress.probe(progress.next(), server.now).probed();
    }
    return progress.probing() ? progress.probed() : progress.sent(end + 1, server.now);
  }

  private static boolean mayGoAhead(
      Transition server, Peer.Progress progress, GroupConfiguration.Limits limits) {
    if (progress.probing() || Compaction.takesSnapshot(server, progress)) {
      return !progress.outstanding();
    }
    return progress.next() - 1 - progress.accepted() < limits.entriesInFlight();
  }

  /** Sends a back-up anew from what it is known to have. */
  static void restart(Transition server, int peer) {
    Peer.Progress progress = server.peer(peer).progress();
    long next = progress.accepted() > 0 ? progress.accepted() + 1 : progress.next();
    server.setPeer(peer, server.peer(peer).with(progress.probe(next, server.now)));
    send(server, peer);
  }

  /** What was sent and not accepted for the reply time-out is taken for lost. */
  static void resendIfStuck(Transition server, int peer) {
    Peer.Progress progress = server.peer(peer).progress();
    boolean stuck =
        progress.outstanding()
            && server.now - progress.movedNanos() >= server.timing().replyTimeoutNanos();
    if (stuck) {
      restart(server, peer);
    }
  }

  /** A back-up accepts what follows an entry that its log contains, and cuts what conflicts. */
  static void onEntries(Transition server, int from, Message.Entries entries) {
    if (entries.epoch().number() != from) {
      return;
    }
    if (!follows(server, entries.epoch())) {
      Declaration.meet(
          server, from, new Mastership(entries.epoch()), Stamp.NONE, Effect.Reason.ENTRIES);
    }
    Following following = server.following;
    if (following == null || !follows(server, entries.epoch())) {
      return;
    }
    if (Compaction.conflict(server, entries.before(), entries.runs())) {
      cutAll(server);
      following = following.accepted(0);
    }
    if (!server.log.contains(entries.before())) {
      server.applied(Rule.REFUSE);
      Position floor = server.log.floor(entries.before());
      server.send(from, new Message.Rejected(entries.epoch(), floor));
      return;
    }
    server.applied(Rule.ACCEPT);
    long end = merge(server, entries.runs());
    server.following = following.accepted(Math.max(following.accepted(), end));
    learnCommitted(server, entries.committed());
    if (end <= server.storage.stable()) {
      acknowledge(server);
    }
  }

  /**
   * Up to where the log is known to be the master's before it says so: an epoch has one master, so
   * a log that ends with an entry of that epoch is its master's. A back-up that restarts may have
   * all the entries that there are, and is sent none then.
   */
  static long ofTenure(Transition server, Epoch epoch) {
    return server.log.last().epoch().equals(epoch) ? server.log.lastSequence() : 0;
  }

  private static boolean follows(Transition server, Epoch epoch) {
    return server.role == Role.BACKUP
        && server.mastership.epoch().equals(epoch)
        && server.highest.equals(epoch);
  }

  /**
   * Appends the entries that the log lacks, after cutting what conflicts with them.
   *
   * @return the sequence of the last one
   */
  static long merge(Transition server, List<Run> runs) {
    for (Run run : runs) {
      long missing = run.first();
      while (missing <= run.last() && missing <= server.log.lastSequence()) {
        if (!server.log.at(missing).epoch().equals(run.epoch())) {
          cut(server, missing - 1);
        } else {
          Position held = server.log.floor(run.end());
          missing = held.sequence() + 1;
        }
      }
      if (missing <= run.last()) {
        Storage.append(server, new Run(run.epoch(), missing, run.last()), Effect.Origin.MESSAGE);
      }
    }
    return runs.get(runs.size() - 1).last();
  }

  /** What a snapshot stands for can not be cut in two: the log begins anew. */
  static void cutAll(Transition server) {
    cut(server, 0);
    server.floor = 0;
    if (server.following != null) {
      server.following = server.following.accepted(0);
    }
  }

  /**
   * Under TIMED committed entries of the losing side of a partition are discarded, too. Their
   * execution may be under way, so the service goes back to its beginning.
   */
  private static void cut(Transition server, long after) {
    server.applied(Rule.CUT);
    if (!server.quorum()) {
      server.discarded += server.log.lastSequence() - after;
    }
    Storage.cut(server, after);
    if (server.committed > after) {
      server.committed = after;
      server.executed = 0;
      server.digest = 0;
      server.effect(new Effect.Rewind());
      if (after > 0) {
        server.effect(new Effect.Execute(after));
      }
    }
  }

  /** What was appended has become stable: acknowledge it, or count it as the master's own. */
  static void onStable(Transition server) {
    if (server.tenure != null) {
      commit(server);
    } else if (server.role == Role.BACKUP && server.following != null) {
      acknowledge(server);
    }
  }

  private static void acknowledge(Transition server) {
    Following following = server.following;
    if (following != null && following.accepted() > 0) {
      long accepted = Math.min(following.accepted(), server.storage.stable());
      Storage.sendWhenEpochIsStable(
          server,
          server.mastership.master(),
          new Message.Accepted(server.mastership.epoch(), accepted));
    }
  }

  static void onAccepted(Transition server, int from, Message.Accepted accepted) {
    if (server.tenure != null && accepted.epoch().equals(server.mastership.epoch())) {
      accept(server, from, accepted.sequence());
    }
  }

  /** A back-up of this tenure has the log up to {@code sequence}, 0 for unknown. */
  static void accept(Transition server, int from, long sequence) {
    Tenure tenure = server.tenure;
    Peer.Progress progress = server.peer(from).progress();
    boolean done =
        tenure != null && tenure.catchUp().done() && !Compaction.awaits(server, progress, sequence);
    boolean news = sequence > progress.accepted() || (progress.probing() && sequence > 0);
    if (!done || !news || sequence < progress.accepted() || sequence > server.log.lastSequence()) {
      return;
    }
    progress = progress.accepted(sequence, server.now);
    if (!server.quorum() && sequence >= server.committed) {
      progress = progress.counted(true);
    }
    server.setPeer(from, server.peer(from).with(progress));
    commit(server);
    send(server, from);
  }

  /** The back-up's log lacks the position before what was sent: go back to where both may meet. */
  static void onRejected(Transition server, int from, Message.Rejected rejected) {
    Tenure tenure = server.tenure;
    if (tenure == null
        || !tenure.catchUp().done()
        || !rejected.epoch().equals(server.mastership.epoch())) {
      return;
    }
    Peer.Progress progress = server.peer(from).progress();
    long meeting = server.log.floor(rejected.floor()).sequence();
    if (progress.probing() && meeting + 1 <= progress.next()) {
      server.setPeer(from, server.peer(from).with(progress.probe(meeting + 1, server.now)));
      send(server, from);
    }
  }

  /** TIMED: a back-up that is not functional is not waited for. */
  static void giveUpOn(Transition server, int peer) {
    Peer.Progress progress = server.peer(peer).progress();
    server.setPeer(peer, server.peer(peer).with(progress.counted(false)));
    commit(server);
  }

  /** Commits what enough servers hold, counting from an entry of the own epoch only. */
  private static void commit(Transition server) {
    Tenure tenure = server.tenure;
    if (tenure == null || !tenure.catchUp().done()) {
      return;
    }
    long held = server.quorum() ? heldByMajority(server) : heldByCounted(server);
    if (held > server.committed && held >= tenure.catchUp().first()) {
      server.applied(Rule.COMMIT);
      server.committed = held;
      server.effect(new Effect.Execute(held));
    }
  }

  private static long heldByMajority(Transition server) {
    int size = server.group.size();
    long[] held = new long[size];
    for (int number = 1; number <= size; number++) {
      held[number - 1] =
          number == server.self
              ? server.storage.stable()
              : server.peer(number).progress().accepted();
    }
    Arrays.sort(held);
    return held[size - server.group.grantsNeeded()];
  }

  private static long heldByCounted(Transition server) {
    long held = server.storage.stable();
    for (int number = 1; number <= server.group.size(); number++) {
      Peer.Progress progress = server.peer(number).progress();
      if (number != server.self && progress.counted()) {
        held = Math.min(held, progress.accepted());
      }
    }
    return held;
  }

  /** A back-up learns how far the master has committed, and executes what it has of it. */
  static void learnCommitted(Transition server, long sequence) {
    Following following = server.following;
    if (following == null || server.role != Role.BACKUP) {
      return;
    }
    long known = Math.min(sequence, following.accepted());
    if (known > server.committed) {
      server.applied(Rule.COMMIT);
      server.committed = known;
      server.effect(new Effect.Execute(known));
    }
  }
}
