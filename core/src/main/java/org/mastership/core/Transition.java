package org.mastership.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The working copy of a state during one step, which the rules change. Nothing for callers of core:
 * it is public only because inputs and messages name it.
 */
public final class Transition {
  final GroupConfiguration group;
  final int self;
  final long now;

  Role role;
  Mastership mastership;
  Epoch highest;
  Epoch seen;
  Promise promise;
  long electionNanos;
  @Nullable Following following;
  @Nullable Candidacy candidacy;
  @Nullable KeptClaim kept;
  @Nullable Tenure tenure;
  Log log;
  long floor;
  long committed;
  long executed;
  long digest;
  long discarded;
  Storage storage;
  MeasuredDelays delays;
  List<Long> ratings;
  final long incarnation;

  private List<Peer> peers;
  private boolean ownPeers;
  private List<Effect> effects = Collections.emptyList();
  private List<Rule> rules = Collections.emptyList();

  Transition(GroupConfiguration group, int self, long now, State state) {
    this.group = group;
    this.self = self;
    this.now = now;
    role = state.role();
    mastership = state.mastership();
    highest = state.highest();
    seen = state.seen();
    promise = state.promise();
    electionNanos = state.electionNanos();
    following = state.following();
    candidacy = state.candidacy();
    kept = state.kept();
    tenure = state.tenure();
    peers = state.peers();
    log = state.log();
    floor = state.floor();
    committed = state.committed();
    executed = state.executed();
    digest = state.digest();
    discarded = state.discarded();
    storage = state.storage();
    delays = state.delays();
    ratings = state.ratings();
    incarnation = state.incarnation();
  }

  Step end(State before) {
    State after =
        new State(
            role,
            mastership,
            highest,
            seen,
            promise,
            electionNanos,
            following,
            candidacy,
            kept,
            tenure,
            peers,
            log,
            floor,
            committed,
            executed,
            digest,
            discarded,
            storage,
            delays,
            ratings,
            incarnation);
    Invariants.check(group, self, before, after);
    return new Step(after, effects, rules);
  }

  Timing timing() {
    return group.timing();
  }

  boolean quorum() {
    return group.guarantee() == Guarantee.QUORUM;
  }

  boolean measures() {
    return group.electionDelay().measuring().active();
  }

  Stamp stamp() {
    return new Stamp(incarnation, now);
  }

  Peer peer(int number) {
    return peers.get(number - 1);
  }

  void setPeer(int number, Peer peer) {
    if (!ownPeers) {
      peers = new ArrayList<>(peers);
      ownPeers = true;
    }
    peers.set(number - 1, peer);
  }

  /** What was heard from the others belongs to an earlier tenure or claim. */
  void forgetContacts() {
    for (int number = 1; number <= group.size(); number++) {
      setPeer(number, Peer.unknown(peer(number).connected(), now));
    }
  }

  void requirePeer(int number) {
    if (number < 1 || number > group.size() || number == self) {
      throw new IllegalArgumentException("server " + self + " has no peer " + number);
    }
  }

  void applied(Rule rule) {
    if (rules.isEmpty()) {
      rules = new ArrayList<>();
    }
    rules.add(rule);
  }

  void effect(Effect effect) {
    if (effects.isEmpty()) {
      effects = new ArrayList<>();
    }
    effects.add(effect);
  }

  void send(int to, Message message) {
    if (peer(to).connected()) {
      effect(new Effect.Send(to, message));
    }
  }

  void sendToOthers(Message message) {
    for (int other = 1; other <= group.size(); other++) {
      if (other != self) {
        send(other, message);
      }
    }
  }

  void report(Effect.Change change, Mastership about, Effect.Reason reason) {
    effect(new Effect.Report(change, about, reason));
  }

  /** Whether the master answers: this server stands by it when others ask (R4, R5). */
  boolean masterIsFunctional() {
    if (role == Role.MASTER) {
      return tenure != null && now < tenure.lease().untilNanos();
    }
    return role == Role.BACKUP && following != null && following.heardInTime(now, timing());
  }
}
