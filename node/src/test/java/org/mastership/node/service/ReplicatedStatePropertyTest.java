package org.mastership.node.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * Logs of three sessions whose requests come in any order and any number of times, with the empty
 * entries of new tenures and nonsense between them.
 */
class ReplicatedStatePropertyTest {
  private static final int SESSIONS = 3;
  private static final SessionLimits LIMITS = new SessionLimits(SESSIONS, 4, 2000);

  /** One entry: a request of a session, a further session, or one with no effect. */
  record Event(int session, long number, long answeredBelow) {}

  @Property(tries = 500)
  void eachRequestIsExecutedOnceAndKeepsItsFirstResult(@ForAll("logs") List<Event> log) {
    Recorder service = new Recorder();
    ReplicatedState state =
        new ReplicatedState(service, new SessionLimits(SESSIONS, 100, 1_000_000));
    List<Long> sessions = openSessions(state);
    Map<String, Outcome> results = new HashMap<>();

    for (Event event : log) {
      Outcome outcome = execute(state, payload(sessions, event));
      if (outcome instanceof Outcome.Executed) {
        Outcome first = results.putIfAbsent(operation(event), outcome);
        assertThat(outcome).isEqualTo(first == null ? outcome : first);
      }
    }

    assertThat(service.executed).doesNotHaveDuplicates();
    assertThat(service.executed).containsExactlyInAnyOrderElementsOf(results.keySet());
  }

  @Property(tries = 300)
  void serversWithTheSameLogAreEqual(@ForAll("logs") List<Event> log) {
    ReplicatedState one = new ReplicatedState(new Recorder(), LIMITS);
    ReplicatedState other = new ReplicatedState(new Recorder(), LIMITS);

    assertThat(replay(one, log)).isEqualTo(replay(other, log));

    assertThat(one.digest()).isEqualTo(other.digest());
    assertThat(one.snapshot()).isEqualTo(other.snapshot());
  }

  @Property(tries = 300)
  void rewindAndReplayGiveTheSame(@ForAll("logs") List<Event> log) {
    ReplicatedState state = new ReplicatedState(new Recorder(), LIMITS);
    ByteString beginning = state.snapshot();
    List<Outcome> outcomes = replay(state, log);
    ByteString end = state.snapshot();

    state.rewind();

    assertThat(state.snapshot()).isEqualTo(beginning);
    assertThat(replay(state, log)).isEqualTo(outcomes);
    assertThat(state.snapshot()).isEqualTo(end);
  }

  @Property(tries = 300)
  void aRestoredSnapshotGoesOnAsTheOriginalDoes(
      @ForAll("logs") List<Event> log, @ForAll @IntRange(max = 40) int atMost) {
    int at = Math.min(atMost, log.size());
    ReplicatedState original = new ReplicatedState(new Recorder(), LIMITS);
    ReplicatedState restored = new ReplicatedState(new Recorder(), LIMITS);
    List<Long> sessions = openSessions(original);
    log.subList(0, at).forEach(event -> execute(original, payload(sessions, event)));

    restored.restore(original.snapshot());

    for (Event event : log.subList(at, log.size())) {
      ByteString payload = payload(sessions, event);
      assertThat(execute(restored, payload)).isEqualTo(execute(original, payload));
    }
    assertThat(restored.snapshot()).isEqualTo(original.snapshot());
    assertThat(restored.digest()).isEqualTo(original.digest());
  }

  @Provide
  Arbitrary<List<Event>> logs() {
    Arbitrary<Event> requests =
        Combinators.combine(
                Arbitraries.integers().between(0, SESSIONS - 1),
                Arbitraries.longs().between(1, 8),
                Arbitraries.longs().between(0, 3))
            .as((session, number, behind) -> new Event(session, number, number - behind));
    Arbitrary<Event> others =
        Arbitraries.of(new Event(-1, 0, 0), new Event(-2, 0, 0), new Event(-3, 0, 0));
    return Arbitraries.frequencyOf(Tuple.of(9, requests), Tuple.of(1, others)).list().ofMaxSize(60);
  }

  private static List<Outcome> replay(ReplicatedState state, List<Event> log) {
    List<Long> sessions = openSessions(state);
    List<Outcome> outcomes = new ArrayList<>();
    for (Event event : log) {
      ByteString payload =
          event.session() == -3 ? Entries.open(state.sequence()) : payload(sessions, event);
      outcomes.add(execute(state, payload));
    }
    return outcomes;
  }

  private static List<Long> openSessions(ReplicatedState state) {
    List<Long> sessions = new ArrayList<>();
    for (int nonce = 1; nonce <= SESSIONS; nonce++) {
      sessions.add(((Outcome.Opened) execute(state, Entries.open(nonce))).session());
    }
    return sessions;
  }

  private static Outcome execute(ReplicatedState state, ByteString payload) {
    return state.execute(state.sequence() + 1, payload);
  }

  private static ByteString payload(List<Long> sessions, Event event) {
    return switch (event.session()) {
      case -1, -3 -> ByteString.EMPTY;
      case -2 -> ByteString.fromHex("ffffff");
      default ->
          Entries.request(
              sessions.get(event.session()),
              event.number(),
              event.answeredBelow(),
              operation(event));
    };
  }

  private static String operation(Event event) {
    return event.session() + "/" + event.number();
  }
}
