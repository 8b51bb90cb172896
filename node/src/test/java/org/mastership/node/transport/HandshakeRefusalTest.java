package org.mastership.node.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mastership.node.transport.TestServer.eventually;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.transport.Refusals.Reason;

/** Two servers that do not agree on what they must agree on, do not talk, and say why once. */
class HandshakeRefusalTest {
  static Stream<Arguments> disagreements() {
    ServerConfiguration group = Groups.ofThree();
    ServerConfiguration two = Groups.as(group, 2);
    return Stream.of(
        Arguments.of(group, Groups.named(two, "other"), "group 'other'"),
        Arguments.of(group, Groups.withMostRequestBytes(two, 2048), "'2048'"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("disagreements")
  void theyAreNotConnectedAndEachSaysWhyOnce(
      ServerConfiguration first, ServerConfiguration second, String difference) throws Exception {
    try (Logged ofDialling = new Logged(Outgoing.class);
        Logged ofListening = new Logged(Refusals.class);
        TestServer one = new TestServer(first);
        TestServer two = new TestServer(second)) {
      eventually(() -> one.refusals(Reason.HANDSHAKE) > 5 && two.refusals(Reason.HANDSHAKE) > 5);

      assertThat(one.told).isEmpty();
      assertThat(two.told).isEmpty();
      assertThat(ofDialling.linesWith("no connection to server one")).hasSize(1);
      assertThat(ofDialling.linesWith("no connection to server two")).hasSize(1);
      assertThat(ofDialling.linesWith(difference)).hasSize(2);
      assertThat(ofListening.linesWith(difference)).hasSize(2);
    }
  }
}
