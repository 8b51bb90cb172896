package org.mastership.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mastership.core.DelayFormula;
import org.mastership.core.DelayTable;
import org.mastership.core.ElectionDelay;
import org.mastership.core.Epoch;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.Input;
import org.mastership.core.Log;
import org.mastership.core.Message;
import org.mastership.core.Protocol;
import org.mastership.core.Recovered;
import org.mastership.core.State;
import org.mastership.core.Timing;

/** When a master ranks its servers anew. */
class PreferenceTest {
  private static final long MILLI = 1_000_000;
  private static final GroupConfiguration GROUP =
      new GroupConfiguration(
          Guarantee.TIMED,
          List.of(1, 2),
          new Timing(25 * MILLI, 90 * MILLI, 105 * MILLI, 500),
          new ElectionDelay(
              DelayFormula.TIGHT, 10 * MILLI, 35 * MILLI, DelayTable.uniform(2, 10 * MILLI)),
          GroupConfiguration.Limits.ELECTION_ONLY);

  private final Protocol protocol = new Protocol(GROUP, 1);
  private final Preference preference = new Preference(GROUP, 1, 0);
  private State state = protocol.start(new Recovered(Epoch.NONE, Log.EMPTY, 1), 0);
  private long now;

  private void happens(Input input) {
    state = protocol.step(state, input, now).state();
  }

  /** Server 1 becomes master, with nobody there to object. */
  private void becomesMaster() {
    for (int turn = 0; turn < 4; turn++) {
      now = Math.max(now, Math.min(protocol.deadline(state).atNanos(), now + 1000 * MILLI));
      happens(new Input.Tick());
      happens(new Input.Persisted(state.storage().issued()));
    }
    assertThat(state.isMaster(now)).isTrue();
  }

  @Test
  void aChangeOfRatingsCountsWhenItHasLasted() {
    becomesMaster();
    happens(new Input.Received(2, new Message.Rating(7)));

    assertThat(preference.ranksAnew(state, now)).isFalse();
    assertThat(preference.ranksAnew(state, now + Preference.SETTLED_NANOS - 1)).isFalse();
    assertThat(preference.ranksAnew(state, now + Preference.SETTLED_NANOS)).isTrue();
  }

  @Test
  void aFurtherChangeBeginsTheWaitAnew() {
    becomesMaster();
    happens(new Input.Received(2, new Message.Rating(7)));
    preference.ranksAnew(state, now);
    now += Preference.SETTLED_NANOS - 1;
    happens(new Input.Received(2, new Message.Rating(8)));

    assertThat(preference.ranksAnew(state, now + 1)).isFalse();
  }

  @Test
  void ratingsThatRankAsBeforeChangeNothing() {
    becomesMaster();
    happens(new Input.Rated(9));
    preference.ranksAnew(state, now);

    assertThat(preference.ranksAnew(state, now + Preference.SETTLED_NANOS)).isFalse();
  }

  @Test
  void aBackUpRanksNobody() {
    happens(new Input.Received(2, new Message.Rating(7)));
    preference.ranksAnew(state, now);

    assertThat(preference.ranksAnew(state, now + Preference.SETTLED_NANOS)).isFalse();
  }
}
