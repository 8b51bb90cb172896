package org.mastership.spec.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Candidacy;
import org.mastership.core.Effect;
import org.mastership.core.Following;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.KeptClaim;
import org.mastership.core.Message;
import org.mastership.core.Peer;
import org.mastership.core.Promise;
import org.mastership.core.Stamp;
import org.mastership.core.State;
import org.mastership.core.Storage;
import org.mastership.core.Tenure;

/**
 * States at one moment of the clock. After each step every time in a state is replaced by one of a
 * few: what is still to come is far ahead, what is over just over. Then the same state of the
 * specification is always the same state here, and before a step the one timer that is to run out
 * can be made due.
 */
final class Moments {
  static final long NOW = 1_000_000_000_000L;
  private static final long FAR = 100_000_000_000L;
  private static final long AHEAD = NOW + FAR;
  private static final long PAST = NOW - FAR;
  private static final long JUST_OVER = NOW - 1;
  private static final long BEFORE_THAT = NOW - 2;

  private final GroupConfiguration group;
  private final boolean quorum;

  Moments(GroupConfiguration group) {
    this.group = group;
    this.quorum = group.guarantee() == Guarantee.QUORUM;
  }

  /** The state at the standard moment, as the same state of the specification. */
  State settled(State state) {
    Promise promise =
        NOW < state.promise().untilNanos()
            ? new Promise(state.promise().holder(), AHEAD)
            : new Promise(0, JUST_OVER);
    long persisted = state.storage().persisted();
    return new Edit(state)
        .promise(promise)
        .election(state.electionNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : AHEAD)
        .following(settled(state.following()))
        .candidacy(settled(state, state.candidacy(), persisted))
        .kept(settled(state.kept()))
        .tenure(settled(state.tenure()))
        .peers(peers(state, 0))
        .storage(settled(state.storage()))
        .state();
  }

  private @Nullable Following settled(@Nullable Following following) {
    if (following == null) {
      return null;
    }
    boolean heard =
        following.heardNanos() != Long.MIN_VALUE
            && NOW < following.heardNanos() + group.timing().silenceNanos();
    return new Following(
        AHEAD,
        following.unanswered().isEmpty() ? List.of() : List.of(NOW),
        following.echo().equals(Stamp.NONE) ? Stamp.NONE : new Stamp(1, 1),
        heard ? NOW : Long.MIN_VALUE,
        following.accepted(),
        0);
  }

  private static @Nullable Candidacy settled(
      State state, @Nullable Candidacy candidacy, long persisted) {
    if (candidacy == null) {
      return null;
    }
    Promise promise = state.promise();
    boolean early =
        candidacy.ticket() == 0
            && promise.holder() != candidacy.epoch().number()
            && candidacy.stamp().nanos() < promise.untilNanos();
    return new Candidacy(
        candidacy.epoch(),
        new Stamp(candidacy.stamp().incarnation(), early ? BEFORE_THAT : JUST_OVER),
        AHEAD,
        candidacy.grants(),
        candidacy.best(),
        candidacy.bestHolder(),
        candidacy.holders(),
        Math.max(0, candidacy.ticket() - persisted),
        candidacy.revokedIndex(),
        candidacy.ranking(),
        Effect.Reason.ELECTED);
  }

  private static @Nullable KeptClaim settled(@Nullable KeptClaim kept) {
    return kept == null
        ? null
        : new KeptClaim(kept.epoch(), new Stamp(kept.stamp().incarnation(), 1));
  }

  private @Nullable Tenure settled(@Nullable Tenure tenure) {
    if (tenure == null) {
      return null;
    }
    boolean sure = NOW < tenure.lease().untilNanos();
    Tenure.Lease lease = new Tenure.Lease(sure ? AHEAD : JUST_OVER, sure, tenure.lease().gained());
    Tenure.CatchingUp catchUp = tenure.catchUp();
    long deadline = catchUp.deadlineNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : AHEAD;
    return new Tenure(
        NOW,
        quorum ? lease : tenure.lease(),
        new Tenure.CatchingUp(catchUp.source(), catchUp.target(), deadline, catchUp.first()),
        tenure.answers(),
        handingOver(tenure, AHEAD));
  }

  private static Tenure.HandingOver handingOver(Tenure tenure, long deadline) {
    int target = tenure.handOver().target();
    return new Tenure.HandingOver(target, target == 0 ? Long.MAX_VALUE : deadline);
  }

  /** The peers, all heard of just now but {@code silent}. Echoes are as old as can be. */
  private List<Peer> peers(State state, int silent) {
    List<Peer> peers = new ArrayList<>();
    long heard = state.tenure() == null ? PAST : NOW;
    for (int number = 1; number <= group.size(); number++) {
      Peer peer = state.peer(number);
      long last = number == silent ? PAST : heard;
      Peer.Contact contact =
          new Peer.Contact(peer.contact().inquired(), last, PAST, peer.contact().last(), last);
      peers.add(new Peer(peer.connected(), contact, moved(peer.progress(), NOW)));
    }
    return peers;
  }

  private static Peer.Progress moved(Peer.Progress progress, long nanos) {
    return new Peer.Progress(
        progress.accepted(),
        progress.next(),
        progress.probing(),
        progress.awaited(),
        nanos,
        progress.counted());
  }

  private static Storage settled(Storage storage) {
    long persisted = storage.persisted();
    return new Storage(
        storage.issued() - persisted,
        0,
        Math.max(0, storage.epochTicket() - persisted),
        storage.stable(),
        storage.appends().stream()
            .map(append -> new Storage.Appending(append.ticket() - persisted, append.last()))
            .toList(),
        storage.held().stream()
            .map(
                held ->
                    new Storage.Held(
                        held.ticket() - persisted, held.to(), withoutTime(held.message())))
            .toList());
  }

  /** The state with one timer run out. */
  State due(State state, String timer) {
    Edit edit = new Edit(state);
    Following following = state.following();
    Candidacy candidacy = state.candidacy();
    Tenure tenure = state.tenure();
    if (timer.equals("election")) {
      edit.election(NOW);
    } else if (timer.equals("inquiry") && following != null) {
      edit.following(with(following, NOW, following.unanswered()));
    } else if (timer.equals("reply") && following != null) {
      edit.following(with(following, AHEAD, List.of(PAST)));
    } else if (timer.equals("claim") && candidacy != null) {
      edit.candidacy(dueCandidacy(candidacy));
    } else if (timer.equals("catch-up") && tenure != null) {
      Tenure.CatchingUp catchUp = tenure.catchUp();
      edit.tenure(
          new Tenure(
              NOW,
              tenure.lease(),
              new Tenure.CatchingUp(catchUp.source(), catchUp.target(), NOW, catchUp.first()),
              tenure.answers(),
              tenure.handOver()));
    } else if (timer.equals("hand-over") && tenure != null) {
      edit.tenure(
          new Tenure(
              NOW, tenure.lease(), tenure.catchUp(), tenure.answers(), handingOver(tenure, NOW)));
    }
    return edit.state();
  }

  private static Following with(Following following, long next, List<Long> unanswered) {
    return new Following(
        next, unanswered, following.echo(), following.heardNanos(), following.accepted(), 0);
  }

  private static Candidacy dueCandidacy(Candidacy candidacy) {
    return new Candidacy(
        candidacy.epoch(),
        candidacy.stamp(),
        NOW,
        candidacy.grants(),
        candidacy.best(),
        candidacy.bestHolder(),
        candidacy.holders(),
        candidacy.ticket(),
        candidacy.revokedIndex(),
        candidacy.ranking(),
        candidacy.reason());
  }

  /** The state of a master that has not heard of a peer for long (R8). */
  State silent(State state, int peer) {
    return new Edit(state).peers(peers(state, peer)).state();
  }

  /** The state of a master that has sent a peer entries long ago. */
  State stuck(State state, int number) {
    List<Peer> peers = new ArrayList<>(state.peers());
    Peer peer = peers.get(number - 1);
    peers.set(number - 1, new Peer(peer.connected(), peer.contact(), moved(peer.progress(), PAST)));
    return new Edit(state).peers(peers).state();
  }

  /** The state of a claimer whose grants have come just now, or of one that waited too long. */
  State echoed(State state, boolean fresh) {
    List<Peer> peers = new ArrayList<>();
    for (Peer peer : state.peers()) {
      Peer.Contact contact = peer.contact();
      peers.add(
          new Peer(
              peer.connected(),
              new Peer.Contact(
                  contact.inquired(),
                  contact.heardNanos(),
                  fresh ? NOW : PAST,
                  contact.last(),
                  contact.declaredNanos()),
              peer.progress()));
    }
    return new Edit(state).peers(peers).state();
  }

  State promiseEnded(State state) {
    return new Edit(state).promise(new Promise(0, JUST_OVER)).state();
  }

  State unheard(State state) {
    Following following = state.following();
    Following silent =
        following == null
            ? null
            : new Following(
                following.nextInquiryNanos(),
                following.unanswered(),
                following.echo(),
                Long.MIN_VALUE,
                following.accepted(),
                0);
    return new Edit(state).following(silent).state();
  }

  /** The state of a master whose lease has just run out, which its next step notices (R7). */
  State lapsed(State state) {
    Tenure tenure = state.tenure();
    return tenure == null
        ? state
        : new Edit(state)
            .tenure(
                new Tenure(
                    NOW,
                    new Tenure.Lease(JUST_OVER, true, true),
                    tenure.catchUp(),
                    tenure.answers(),
                    tenure.handOver()))
            .state();
  }

  /** A message under way: its stamps say no more than that they are some. */
  static Message withoutTime(Message message) {
    return message.accept(Untimed.AT_REST);
  }

  /**
   * A message that arrives.
   *
   * @param incarnation of the receiver, whose own stamps an inquiry brings back
   * @param fresh whether the stamp that it brings back was taken just now
   * @param unanswered whether the reply is to an inquiry before the one that waits
   */
  static Message arriving(Message message, long incarnation, boolean fresh, boolean unanswered) {
    return message.accept(new Untimed(fresh ? NOW : PAST, incarnation, unanswered ? PAST : NOW));
  }
}
