package org.mastership.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** R12: a server that starts listens before it claims. */
class StartTest {
  private static final long MILLI = TestGroups.MILLI;
  private static final long SILENCE = 115 * MILLI;

  private static Protocol protocol(Guarantee guarantee) {
    return new Protocol(TestGroups.of(3, guarantee), 1);
  }

  private static State start(Protocol protocol) {
    return protocol.start(new Recovered(Epoch.NONE, Log.EMPTY, 1), 0);
  }

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void itListensForPAndTFromWhenItCouldLastAskAnother(Guarantee guarantee) {
    Protocol protocol = protocol(guarantee);
    State state = start(protocol);
    assertThat(state.electionNanos()).isEqualTo(SILENCE);

    state = protocol.step(state, new Input.Connected(2), 100 * MILLI).state();
    assertThat(state.electionNanos()).isEqualTo(100 * MILLI + SILENCE);

    state = protocol.step(state, new Input.Tick(), SILENCE).state();
    assertThat(state.role()).isEqualTo(Role.BACKUP);
    Input noMaster = new Input.Received(2, new Message.Refuse(Epoch.NONE));
    state = protocol.step(state, noMaster, SILENCE).state();
    state = protocol.step(state, new Input.Tick(), 100 * MILLI + SILENCE).state();
    assertThat(state.role()).isEqualTo(Role.WAITING);
  }

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void itWaitsThreeTimesAsLongForOneThatItHasAskedAndThatDoesNotAnswer(Guarantee guarantee) {
    Protocol protocol = protocol(guarantee);
    State state = protocol.step(start(protocol), new Input.Connected(2), 0).state();

    long now = SILENCE;
    for (; now < 3 * SILENCE; now = protocol.deadline(state).atNanos()) {
      state = protocol.step(state, new Input.Tick(), now).state();
      assertThat(state.role()).isEqualTo(Role.BACKUP);
    }

    state = protocol.step(state, new Input.Tick(), now).state();
    assertThat(state.role()).isEqualTo(Role.WAITING);
  }

  @Test
  void whoConnectsLaterDoesNotDelayAnElection() {
    Protocol protocol = protocol(Guarantee.TIMED);
    State state = protocol.step(start(protocol), new Input.Tick(), SILENCE).state();
    long election = state.electionNanos();

    state = protocol.step(state, new Input.Connected(2), SILENCE + MILLI).state();

    assertThat(state.electionNanos()).isEqualTo(election);
  }
}
