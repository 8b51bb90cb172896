package org.mastership.node.wire;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.mastership.core.DelayFormula;
import org.mastership.core.DelayTable;
import org.mastership.core.ElectionDelay;
import org.mastership.core.Epoch;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.Input;
import org.mastership.core.Log;
import org.mastership.core.Mastership;
import org.mastership.core.Message;
import org.mastership.core.Protocol;
import org.mastership.core.Recovered;
import org.mastership.core.State;
import org.mastership.core.Timing;

/** Whatever a server says, in whatever order, the one that hears it steps on. */
class HostilePeerTest {
  private static final long MILLI = 1_000_000;

  @Property
  void aServerStepsOnWhateverAnotherSays(
      @ForAll("sequences") List<PeerFrame> said, @ForAll Guarantee guarantee) {
    Protocol protocol = protocol(guarantee);

    assertThatCode(() -> hear(protocol, said)).doesNotThrowAnyException();
  }

  @Example
  void aServerThatVouchesForNobodyIsNotBelieved() {
    Message nobody = new Message.Vouch(Mastership.NONE);

    assertThatCode(() -> hear(protocol(Guarantee.TIMED), List.of(new PeerFrame(nobody, List.of()))))
        .doesNotThrowAnyException();
  }

  private static void hear(Protocol protocol, List<PeerFrame> said) {
    State state = protocol.start(new Recovered(Epoch.NONE, Log.EMPTY, 1), 0);
    state = protocol.step(state, new Input.Connected(2), MILLI).state();
    long now = MILLI;
    for (PeerFrame frame : said) {
      now += 10 * MILLI;
      state = protocol.step(state, new Input.Received(2, frame.message()), now).state();
      state =
          protocol.step(state, new Input.Persisted(state.storage().issued()), now + MILLI).state();
      state = protocol.step(state, new Input.Tick(), now + 2 * MILLI).state();
    }
  }

  private static Protocol protocol(Guarantee guarantee) {
    DelayTable delays = DelayTable.uniform(3, 10 * MILLI);
    return new Protocol(
        new GroupConfiguration(
            guarantee,
            List.of(1, 2, 3),
            new Timing(25 * MILLI, 90 * MILLI, 105 * MILLI, 500),
            new ElectionDelay(DelayFormula.TIGHT, 10 * MILLI, 35 * MILLI, delays),
            new GroupConfiguration.Limits(256, 4096)),
        1);
  }

  @Provide
  Arbitrary<List<PeerFrame>> sequences() {
    return PeerFrames.ofAGroupOf(3).list().ofMinSize(1).ofMaxSize(20);
  }
}
