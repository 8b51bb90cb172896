package org.mastership.core.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Candidacy;
import org.mastership.core.Following;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.KeptClaim;
import org.mastership.core.Peer;
import org.mastership.core.Position;
import org.mastership.core.Promise;
import org.mastership.core.Ranking;
import org.mastership.core.Role;
import org.mastership.core.Stamp;
import org.mastership.core.State;
import org.mastership.core.Storage;
import org.mastership.core.Tenure;

/** The state of a server as a record of the specification. */
public final class ServerView {
  private static final long FREE = -1;

  private final GroupConfiguration group;
  private final int self;
  private final State state;
  private final long now;

  private ServerView(GroupConfiguration group, int self, State state, long now) {
    this.group = group;
    this.self = self;
    this.state = state;
    this.now = now;
  }

  /**
   * The record of a state.
   *
   * @param self the server's number
   * @param now its clock
   * @param up whether it runs
   * @param writes what its storage was given and has not acknowledged, oldest first
   */
  public static Map<String, Object> of(
      GroupConfiguration group,
      int self,
      State state,
      long now,
      boolean up,
      List<PendingWrite> writes) {
    Map<String, Object> view = new ServerView(group, self, state, now).view(writes);
    view.put("up", up);
    return view;
  }

  private Map<String, Object> view(List<PendingWrite> writes) {
    Map<Object, Object> contact = new TreeMap<>();
    Map<Object, Object> progress = new TreeMap<>();
    for (int peer = 1; peer <= group.size(); peer++) {
      if (peer != self) {
        contact.put((long) peer, contact(state.peer(peer).contact()));
        progress.put((long) peer, progress(state.peer(peer).progress()));
      }
    }
    Map<String, Object> view =
        Tla.fields(
            "role", state.role().name(),
            "known", MessageView.epoch(state.mastership().epoch()),
            "ranking", MessageView.ranking(state.mastership().ranking()),
            "ratings", state.ratings(),
            "highest", MessageView.epoch(state.highest()),
            "seen", MessageView.epoch(state.seen()),
            "bound", bound(state.promise()),
            "timer", state.electionNanos() != Long.MAX_VALUE,
            "following", following(state.following()),
            "candidacy", candidacy(state.candidacy()),
            "kept", kept(state.kept()),
            "tenure", tenure(state.tenure()),
            "contact", contact,
            "progress", progress);
    view.putAll(
        Tla.fields(
            "log", MessageView.entries(state.log().runs()),
            "floor", state.floor(),
            "committed", state.committed(),
            "executed", state.executed(),
            "stable", state.storage().stable(),
            "writes", writes(writes),
            "held", held(),
            "inc", state.incarnation()));
    return view;
  }

  private long bound(Promise promise) {
    return now < promise.untilNanos() ? promise.holder() : FREE;
  }

  private Map<String, Object> following(@Nullable Following following) {
    boolean heard =
        state.role() == Role.BACKUP
            && following != null
            && following.heardNanos() != Long.MIN_VALUE
            && now < following.heardNanos() + group.timing().silenceNanos();
    return Tla.fields(
        "waiting",
        following != null && !following.unanswered().isEmpty(),
        "heard",
        heard,
        "echo",
        following != null && !following.echo().equals(Stamp.NONE),
        "accepted",
        following == null ? -1 : following.accepted());
  }

  private Map<String, Object> candidacy(@Nullable Candidacy candidacy) {
    return candidacy == null
        ? candidacy(
            List.of(0, 0),
            false,
            servers(0),
            Position.ORIGIN,
            0,
            servers(0),
            0,
            0,
            Ranking.CONFIGURED)
        : candidacy(
            MessageView.epoch(candidacy.epoch()),
            isEarly(candidacy),
            servers(candidacy.grants()),
            candidacy.best(),
            candidacy.bestHolder(),
            servers(candidacy.holders()),
            ticket(candidacy.ticket()),
            candidacy.revokedIndex(),
            candidacy.ranking());
  }

  /** The servers whose bits are set. */
  private Set<Object> servers(long bits) {
    Set<Object> servers = new TreeSet<>();
    for (int number = 1; number <= group.size(); number++) {
      if ((bits >> number & 1) != 0) {
        servers.add((long) number);
      }
    }
    return servers;
  }

  private static Map<String, Object> candidacy(
      List<?> epoch,
      boolean early,
      Set<Object> grants,
      Position best,
      int holder,
      Set<Object> holders,
      long own,
      int revoked,
      Ranking ranking) {
    return Tla.fields(
        "epoch",
        epoch,
        "early",
        early,
        "grants",
        grants,
        "best",
        MessageView.position(best),
        "holder",
        holder,
        "holders",
        holders,
        "own",
        own,
        "revoked",
        revoked,
        "ranking",
        MessageView.ranking(ranking));
  }

  /** Whether the claim was made before the claimer itself may grant it. */
  private boolean isEarly(Candidacy candidacy) {
    Promise promise = state.promise();
    return candidacy.ticket() == 0
        && promise.holder() != self
        && candidacy.stamp().nanos() < promise.untilNanos();
  }

  private long ticket(long ticket) {
    return Math.max(0, ticket - state.storage().persisted());
  }

  private static Map<String, Object> kept(@Nullable KeptClaim kept) {
    return kept == null
        ? Tla.fields("epoch", List.of(0, 0), "inc", 0)
        : Tla.fields("epoch", MessageView.epoch(kept.epoch()), "inc", kept.stamp().incarnation());
  }

  private Map<String, Object> tenure(@Nullable Tenure tenure) {
    if (tenure == null) {
      return tenure("none", 0, Position.ORIGIN, -1, new Tenure.Answers(0, 0, 0), 0);
    }
    boolean sure = now < tenure.lease().untilNanos();
    String lease = sure ? "sure" : tenure.lease().gained() ? "lapsed" : "not gained";
    Tenure.CatchingUp catchUp = tenure.catchUp();
    return tenure(
        lease,
        catchUp.source(),
        catchUp.target(),
        catchUp.first(),
        tenure.answers(),
        tenure.handOver().target());
  }

  private static Map<String, Object> tenure(
      String lease,
      int source,
      Position target,
      long first,
      Tenure.Answers answers,
      int successor) {
    return Tla.fields(
        "lease",
        lease,
        "source",
        source,
        "target",
        MessageView.position(target),
        "first",
        first,
        "sent",
        answers.sent(),
        "queried",
        answers.queried(),
        "answered",
        answers.readsSent(),
        "successor",
        successor);
  }

  /** What was heard of a peer matters to a master that needs every back-up. */
  private Map<String, Object> contact(Peer.Contact contact) {
    boolean matters = group.guarantee() == Guarantee.TIMED && state.tenure() != null;
    return Tla.fields(
        "inquired",
        matters && contact.inquired(),
        "last",
        MessageView.position(matters ? contact.last() : Position.ORIGIN));
  }

  /** How far a peer has the log matters to a master that has opened its tenure. */
  private Map<String, Object> progress(Peer.Progress progress) {
    Tenure tenure = state.tenure();
    boolean matters = tenure != null && tenure.catchUp().done();
    return matters
        ? progress(
            progress.accepted(),
            progress.next(),
            progress.probing(),
            progress.awaited(),
            progress.counted())
        : progress(0, 1, true, false, false);
  }

  private static Map<String, Object> progress(
      long accepted, long next, boolean probing, boolean awaited, boolean counted) {
    return Tla.fields(
        "accepted",
        accepted,
        "next",
        next,
        "probing",
        probing,
        "awaited",
        awaited,
        "counted",
        counted);
  }

  private List<Object> writes(List<PendingWrite> writes) {
    List<Object> views = new ArrayList<>();
    for (PendingWrite write : writes) {
      views.add(write.view(lastOf(write.ticket())));
    }
    return views;
  }

  private long lastOf(long ticket) {
    for (Storage.Appending append : state.storage().appends()) {
      if (append.ticket() == ticket) {
        return append.last();
      }
    }
    return 0;
  }

  private List<Object> held() {
    List<Object> held = new ArrayList<>();
    for (Storage.Held message : state.storage().held()) {
      held.add(
          Tla.fields(
              "ticket",
              ticket(message.ticket()),
              "to",
              message.to(),
              "body",
              MessageView.of(message.message())));
    }
    return held;
  }
}
