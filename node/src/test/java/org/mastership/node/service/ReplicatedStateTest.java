package org.mastership.node.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mastership.node.service.Entries.open;
import static org.mastership.node.service.Entries.request;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.mastership.node.transport.Logged;
import org.mastership.node.wire.Rejected.Reason;

class ReplicatedStateTest {
  private final Recorder service = new Recorder();
  private ReplicatedState state = new ReplicatedState(service);

  @Test
  void aRequestIsExecutedAndItsRetryGetsTheFirstResult() {
    long session = openSession(7);

    Outcome first = execute(request(session, 1, 1, "a"));
    Outcome retry = execute(request(session, 1, 1, "a"));

    assertThat(first).isEqualTo(executed("a as 1"));
    assertThat(retry).isEqualTo(first);
    assertThat(service.executed).containsExactly("a");
  }

  @Test
  void aServiceThatFailsEachTimeDoesNotFillTheLog() {
    long session = openSession(7);
    try (Logged logged = new Logged(ServiceFailures.class)) {
      for (int number = 1; number <= 1000; number++) {
        execute(request(session, number, number, Recorder.FAIL));
        state.query(ByteString.copyFromUtf8(Recorder.FAIL));
      }

      assertThat(logged.traces()).as("one for requests, one for queries").isEqualTo(2);
      assertThat(logged.linesWith("has failed 512 times by now")).hasSize(2);
      assertThat(logged.linesWith("the service")).hasSize(2 * 10);
    }
  }

  @Test
  void numbersMayComeInAnyOrder() {
    long session = openSession(7);

    execute(request(session, 3, 1, "c"));
    execute(request(session, 1, 1, "a"));

    assertThat(execute(request(session, 3, 1, "c"))).isEqualTo(executed("c as 1"));
    assertThat(execute(request(session, 2, 1, "b"))).isEqualTo(executed("b as 3"));
  }

  @Test
  void whatTheClientConfirmedIsForgottenAndNeverExecutedAgain() {
    long session = openSession(7);
    execute(request(session, 1, 1, "a"));
    execute(request(session, 2, 2, "b"));

    Outcome late = execute(request(session, 1, 1, "a"));

    assertThat(late).isEqualTo(Outcome.Refused.FORGOTTEN);
    assertThat(service.executed).containsExactly("a", "b");
  }

  @Test
  void twoSessionsNumberTheirRequestsApart() {
    long one = openSession(7);
    long other = openSession(7);

    assertThat(other).isNotEqualTo(one);
    assertThat(execute(request(one, 1, 1, "a"))).isEqualTo(executed("a as 1"));
    assertThat(execute(request(other, 1, 1, "a"))).isEqualTo(executed("a as 2"));
  }

  @Test
  void theSameSequenceGivesAnotherHistoryAnotherSession() {
    long one = openSession(7);
    state.rewind();

    assertThat(openSession(8)).isNotEqualTo(one);
  }

  @Test
  void theLeastRecentlyUsedSessionExpires() {
    state = new ReplicatedState(service, new SessionLimits(2, 10, 1000));
    long one = openSession(1);
    long two = openSession(2);
    execute(request(one, 1, 1, "a"));

    long three = openSession(3);

    assertThat(execute(request(two, 1, 1, "b"))).isEqualTo(Outcome.Refused.EXPIRED);
    assertThat(execute(request(one, 1, 1, "a"))).isEqualTo(executed("a as 1"));
    assertThat(execute(request(three, 1, 1, "c"))).isEqualTo(executed("c as 2"));
  }

  @Test
  void aClientThatConfirmsNothingIsBusyUntilItDoes() {
    state = new ReplicatedState(service, new SessionLimits(2, 2, 1000));
    long session = openSession(1);
    execute(request(session, 1, 1, "a"));
    execute(request(session, 2, 1, "b"));

    assertThat(execute(request(session, 3, 1, "c"))).isEqualTo(Outcome.Refused.CROWDED);
    assertThat(execute(request(session, 2, 1, "b"))).isEqualTo(executed("b as 2"));
    assertThat(execute(request(session, 3, 2, "c"))).isEqualTo(executed("c as 3"));
  }

  @Test
  void rememberedResultsAreBoundedInBytesTogether() {
    state = new ReplicatedState(service, new SessionLimits(10, 10, 200));
    long one = openSession(1);
    long two = openSession(2);
    execute(request(one, 1, 1, "x".repeat(100)));
    execute(request(two, 1, 1, "y".repeat(100)));

    Outcome beyond = execute(request(two, 2, 2, "b"));
    Outcome expired = execute(request(one, 2, 2, "a"));

    assertThat(beyond).isEqualTo(executed("b as 3"));
    assertThat(expired).isEqualTo(executed("a as 4"));

    execute(request(one, 3, 3, "x".repeat(200)));
    assertThat(execute(request(two, 3, 3, "c"))).isEqualTo(executed("c as 6"));
    assertThat(execute(request(one, 4, 4, "d"))).isEqualTo(Outcome.Refused.EXPIRED);

    execute(request(two, 4, 4, "x".repeat(200)));
    assertThat(execute(request(two, 5, 4, "e"))).isEqualTo(Outcome.Refused.CROWDED);
    assertThat(execute(request(two, 5, 5, "e"))).isEqualTo(executed("e as 8"));
  }

  @Test
  void aFailureOfTheServiceIsAResultLikeAnyOther() {
    long session = openSession(1);

    Outcome first = execute(request(session, 1, 1, Recorder.FAIL));
    Outcome retry = execute(request(session, 1, 1, Recorder.FAIL));

    assertThat(first).isEqualTo(Outcome.Refused.FAILED);
    assertThat(retry).isEqualTo(first);
    assertThat(service.executed).hasSize(1);
    assertThat(state.query(ByteString.copyFromUtf8(Recorder.FAIL)))
        .isEqualTo(Outcome.Refused.FAILED);
  }

  @Test
  void anEntryThatMakesNoSenseHasAnOutcome() {
    long session = openSession(1);

    assertThat(execute(ByteString.fromHex("ffffff"))).isEqualTo(Outcome.Refused.MALFORMED);
    assertThat(execute(request(session, 0, 0, "a"))).isEqualTo(Outcome.Refused.MALFORMED);
    assertThat(execute(request(session, 1, 2, "a"))).isEqualTo(Outcome.Refused.MALFORMED);
    assertThat(execute(request(session + 1, 1, 1, "a"))).isEqualTo(Outcome.Refused.EXPIRED);
    assertThat(service.executed).isEmpty();
  }

  @Test
  void theFirstEntryOfATenureCountsAndDoesNothing() {
    assertThat(state.digest()).isZero();

    assertThat(execute(ByteString.EMPTY)).isEqualTo(new Outcome.Nothing());

    assertThat(state.sequence()).isEqualTo(1);
    assertThat(state.digest()).isNotZero();
  }

  @Test
  void theDigestDependsOnEveryResultAndTheirOrder() {
    ReplicatedState other = new ReplicatedState(new KeyValueService());
    long session = openSession(1);
    other.execute(1, open(1));
    assertThat(other.digest()).isEqualTo(state.digest());

    execute(request(session, 1, 1, "a"));
    other.execute(2, request(session, 1, 1, "a"));

    assertThat(other.digest()).isNotEqualTo(state.digest());
  }

  @Test
  void entriesAreExecutedWithoutGapAndOnce() {
    execute(ByteString.EMPTY);

    assertThatThrownBy(() -> state.execute(3, ByteString.EMPTY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("entry 3 can not be executed after entry 1");
    assertThatThrownBy(() -> state.execute(1, ByteString.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void outcomesAnswerTheMessageThatAskedForThem() {
    assertThat(new Outcome.Opened(5).answer(9).getSessionOpened().getSession()).isEqualTo(5);
    assertThat(executed("a").answer(9).getResult().getResult())
        .isEqualTo(ByteString.copyFromUtf8("a"));
    assertThat(Outcome.Refused.EXPIRED.answer(9).getRejected().getReason())
        .isEqualTo(Reason.SESSION_EXPIRED);
    assertThat(Outcome.Refused.EXPIRED.answer(9).getId()).isEqualTo(9);
  }

  private Outcome execute(ByteString payload) {
    return state.execute(state.sequence() + 1, payload);
  }

  private long openSession(long nonce) {
    return ((Outcome.Opened) execute(open(nonce))).session();
  }

  private static Outcome.Executed executed(String result) {
    return new Outcome.Executed(ByteString.copyFromUtf8(result));
  }
}
