package org.mastership.spec.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.mastership.core.Guarantee;
import org.mastership.core.Input;
import org.mastership.core.Message;
import org.mastership.core.Peer;
import org.mastership.core.Ranking;
import org.mastership.core.Role;
import org.mastership.core.Stamp;
import org.mastership.core.State;
import org.mastership.core.Tenure;
import org.mastership.core.trace.Tla;

/** All that can happen next to a group of core's servers, under the names of the specification. */
final class CoreActions {
  private static final Set<String> NOTHING = Set.of();
  private static final Set<String> FRESH = Set.of("fresh");

  private final CoreSteps steps;
  private final Moments moments;
  private final boolean quorum;
  private final int size;
  private final int needed;
  private final long reads;

  CoreActions(CoreSteps steps, long reads) {
    this.steps = steps;
    this.moments = steps.moments();
    this.quorum = steps.group().guarantee() == Guarantee.QUORUM;
    this.size = steps.group().size();
    this.needed = steps.group().grantsNeeded();
    this.reads = reads;
  }

  /** Gives each next state with the action that leads to it. */
  void next(CoreGroup group, BiConsumer<String, CoreGroup> found) {
    for (Sent message : group.net().values()) {
      ofMessage(group, message, found);
    }
    for (int number = 1; number <= size; number++) {
      if (group.server(number).up()) {
        if (group.has("timers")) {
          ofTimers(group.spending("timers"), number, found);
        }
        if (group.has("passes")) {
          ofTime(group.spending("passes"), number, found);
        }
        ofStorage(group, number, found);
        ofConnections(group, number, found);
        ofService(group, number, found);
      } else if (group.has("starts")) {
        found.accept(
            Tla.text(List.of("Start", number)), steps.started(group, number).spending("starts"));
      }
    }
  }

  private void ofMessage(CoreGroup group, Sent sent, BiConsumer<String, CoreGroup> found) {
    boolean up = group.server(sent.to()).up();
    CoreGroup without = group.without(sent);
    if (up) {
      for (Set<String> chosen : choices(group, sent)) {
        String parameters = ", " + sent.text() + ", " + Tla.text(chosen) + ">>";
        found.accept("<<\"Receive\"" + parameters, received(group, without, sent, chosen));
        if (group.has("doubles")) {
          found.accept(
              "<<\"ReceiveTwice\"" + parameters,
              received(group, group, sent, chosen).spending("doubles"));
        }
      }
    }
    if (!up || group.has("losses")) {
      String label = "<<\"Lose\", " + sent.text() + ">>";
      found.accept(label, up ? without.spending("losses") : without);
    }
  }

  private CoreGroup received(CoreGroup group, CoreGroup rest, Sent sent, Set<String> chosen) {
    State state = group.server(sent.to()).state();
    State given = chosen.contains("stuck") ? moments.stuck(state, sent.from()) : state;
    Message message =
        Moments.arriving(
            sent.message(),
            state.incarnation(),
            chosen.contains("fresh"),
            chosen.contains("unanswered"));
    return steps.step(rest, sent.to(), given, new Input.Received(sent.from(), message));
  }

  /** What time can decide when a message arrives. */
  private List<Set<String>> choices(CoreGroup group, Sent sent) {
    State state = group.server(sent.to()).state();
    Message message = sent.message();
    boolean renews = quorum && state.tenure() != null && !state.isMaster(Moments.NOW);
    if (message instanceof Message.Inquiry inquiry
        && state.tenure() != null
        && inquiry.epoch().equals(state.mastership().epoch())) {
      boolean echoes = renews && !inquiry.echo().equals(Stamp.NONE);
      return product(
          echoes ? fresh(group, sent.to()) : List.of(NOTHING),
          outstanding(state, sent.from()) ? List.of(NOTHING, Set.of("stuck")) : List.of(NOTHING));
    }
    if (message instanceof Message.Grant grant
        && state.tenure() != null
        && grant.epoch().equals(state.mastership().epoch())) {
      return renews ? fresh(group, sent.to()) : List.of(NOTHING);
    }
    boolean waiting = state.following() != null && !state.following().unanswered().isEmpty();
    return message instanceof Message.Reply && waiting
        ? List.of(NOTHING, Set.of("unanswered"))
        : List.of(NOTHING);
  }

  private static List<Set<String>> product(List<Set<String>> one, List<Set<String>> other) {
    List<Set<String>> all = new ArrayList<>();
    for (Set<String> a : one) {
      for (Set<String> b : other) {
        Set<String> both = new TreeSet<>(a);
        both.addAll(b);
        all.add(both);
      }
    }
    return all;
  }

  private static boolean outstanding(State state, int peer) {
    Tenure tenure = state.tenure();
    if (tenure == null || !tenure.catchUp().done()) {
      return false;
    }
    Peer.Progress progress = state.peer(peer).progress();
    return progress.probing() ? progress.awaited() : progress.next() > progress.accepted() + 1;
  }

  /** An echo is fresh only where a majority is bound to the master. */
  private List<Set<String>> fresh(CoreGroup group, int master) {
    return quorum && backed(group, master, 0) ? List.of(NOTHING, FRESH) : List.of(NOTHING);
  }

  private boolean backed(CoreGroup group, int master, int freed) {
    int bound = 0;
    for (int number = 1; number <= size; number++) {
      if (number == master || (number != freed && group.server(number).bound() == master)) {
        bound++;
      }
    }
    return bound >= needed;
  }

  private void ofTimers(CoreGroup group, int number, BiConsumer<String, CoreGroup> found) {
    State state = group.server(number).state();
    for (String timer : due(state)) {
      found.accept(
          Tla.text(List.of("Timer", number, timer)),
          steps.step(group, number, moments.due(state, timer), new Input.Tick()));
    }
    for (int peer = 1; peer <= size; peer++) {
      Peer other = state.peer(peer);
      boolean told = other.connected() || (outstandingTenure(state) && other.progress().counted());
      if (peer != number && state.isMaster(Moments.NOW) && told) {
        found.accept(
            Tla.text(List.of("Announce", number, peer)),
            steps.step(group, number, moments.silent(state, peer), new Input.Tick()));
      }
    }
  }

  private static boolean outstandingTenure(State state) {
    return state.tenure() != null && state.tenure().catchUp().done();
  }

  private List<String> due(State state) {
    List<String> due = new ArrayList<>();
    if (state.electionNanos() != Long.MAX_VALUE) {
      due.add("election");
    }
    if (state.role() == Role.BACKUP && state.following() != null) {
      due.add("inquiry");
      if (!state.following().unanswered().isEmpty()) {
        due.add("reply");
      }
    }
    if (state.candidacy() != null && state.candidacy().ticket() == 0) {
      due.add("claim");
    }
    if (state.promise().untilNanos() <= Moments.NOW && waitsForPromise(state)) {
      due.add("promise");
    }
    if (steps.group().replicates() && state.tenure() != null && !state.tenure().catchUp().done()) {
      due.add("catch-up");
    }
    if (state.tenure() != null && state.tenure().handOver().begun()) {
      due.add("hand-over");
    }
    return due;
  }

  private boolean waitsForPromise(State state) {
    if (state.candidacy() == null) {
      return state.kept() != null;
    }
    boolean own = state.candidacy().ticket() == 0;
    boolean enough = own && Long.bitCount(state.candidacy().grants()) + 1 >= needed;
    boolean early =
        own
            && state.promise().holder() != state.candidacy().epoch().number()
            && state.candidacy().stamp().nanos() < state.promise().untilNanos();
    boolean higher =
        state.kept() != null && state.kept().epoch().isAbove(state.candidacy().epoch());
    return enough || early || higher;
  }

  private void ofTime(CoreGroup group, int number, BiConsumer<String, CoreGroup> found) {
    State state = group.server(number).state();
    if (Moments.NOW < state.promise().untilNanos() && mayBeFree(group, number)) {
      found.accept(
          Tla.text(List.of("PromiseEnds", number)),
          steps.changed(group, number, moments.promiseEnded(state)));
    }
    boolean heard =
        state.role() == Role.BACKUP
            && state.following() != null
            && state.following().heardNanos() == Moments.NOW;
    if (heard) {
      found.accept(
          Tla.text(List.of("Silence", number)),
          steps.changed(group, number, moments.unheard(state)));
    }
    if (quorum && state.isMaster(Moments.NOW)) {
      found.accept(
          Tla.text(List.of("LeaseLapses", number)),
          steps.changed(group, number, moments.lapsed(state)));
    }
  }

  private boolean mayBeFree(CoreGroup group, int number) {
    for (int master = 1; master <= size; master++) {
      boolean sure = group.server(master).state().isMaster(Moments.NOW);
      if (sure && !backed(group, master, number)) {
        return false;
      }
    }
    return true;
  }

  private void ofStorage(CoreGroup group, int number, BiConsumer<String, CoreGroup> found) {
    CoreServer server = group.server(number);
    State state = server.state();
    long own = state.candidacy() == null ? 0 : state.candidacy().ticket();
    for (int count = 1; count <= server.writes().size(); count++) {
      boolean begins = own > 0 && own <= count;
      for (Set<String> chosen : begins ? fresh(group, number) : List.of(NOTHING)) {
        State given = begins ? moments.echoed(state, chosen.contains("fresh")) : state;
        found.accept(
            Tla.text(List.of("Persist", number, count, chosen)),
            steps.step(group, number, given, new Input.Persisted(count)));
      }
    }
    if (group.has("crashes")) {
      for (int count = 0; count <= server.writes().size(); count++) {
        found.accept(
            Tla.text(List.of("Crash", number, count)), steps.crashed(group, number, count));
      }
    }
  }

  private void ofConnections(CoreGroup group, int number, BiConsumer<String, CoreGroup> found) {
    State state = group.server(number).state();
    for (int peer = 1; peer <= size; peer++) {
      if (peer == number) {
        continue;
      }
      boolean up = group.server(peer).up();
      if (!state.peer(peer).connected()) {
        if (up) {
          found.accept(
              Tla.text(List.of("Connect", number, peer)),
              steps.step(group, number, state, new Input.Connected(peer)));
        }
        continue;
      }
      if (!up || group.has("breaks")) {
        CoreGroup after = steps.step(group, number, state, new Input.Disconnected(peer));
        found.accept(
            Tla.text(List.of("Disconnect", number, peer)), up ? after.spending("breaks") : after);
      }
      if (!up) {
        found.accept(
            Tla.text(List.of("Refuse", number, peer)),
            steps.step(group, number, state, new Input.Refused(peer)));
      }
    }
  }

  private void ofService(CoreGroup group, int number, BiConsumer<String, CoreGroup> found) {
    State state = group.server(number).state();
    if (state.admitsRequests()) {
      found.accept(
          Tla.text(List.of("Admit", number)), steps.step(group, number, state, new Input.Admit(1)));
    }
    if (state.executed() < state.committed()) {
      found.accept(
          Tla.text(List.of("Execute", number)),
          steps.step(group, number, state, new Input.Executed(state.committed(), 0)));
    }
    ofHandOver(group, number, found);
    ofRatings(group, number, found);
    Tenure tenure = state.tenure();
    if (state.servesReads() && tenure != null && tenure.answers().queried() < reads) {
      found.accept(
          Tla.text(List.of("Read", number)),
          steps.step(group, number, state, new Input.Queried(tenure.answers().queried() + 1)));
    }
  }

  private void ofRatings(CoreGroup group, int number, BiConsumer<String, CoreGroup> found) {
    State state = group.server(number).state();
    if (group.has("rates")) {
      found.accept(
          Tla.text(List.of("Rate", number)),
          steps.step(
              group.spending("rates"),
              number,
              state,
              new Input.Rated(state.ratings().get(number - 1) + 1)));
    }
    Tenure tenure = state.tenure();
    boolean settled =
        tenure != null
            && state.candidacy() == null
            && !tenure.handOver().begun()
            && (tenure.catchUp().done() || !steps.group().replicates());
    Ranking next = steps.group().ranking(state.ratings());
    if (settled && !next.equals(state.mastership().ranking())) {
      found.accept(
          Tla.text(List.of("Rerank", number)),
          steps.step(group, number, state, new Input.Rerank()));
    }
  }

  private void ofHandOver(CoreGroup group, int number, BiConsumer<String, CoreGroup> found) {
    State state = group.server(number).state();
    Tenure tenure = state.tenure();
    boolean opened = tenure != null && (tenure.catchUp().done() || !steps.group().replicates());
    for (int peer = 1; peer <= size; peer++) {
      if (opened && group.has("resigns") && peer != number && state.peer(peer).connected()) {
        found.accept(
            Tla.text(List.of("Resign", number, peer)),
            steps.step(group.spending("resigns"), number, state, new Input.Resign(peer)));
      }
    }
  }
}
