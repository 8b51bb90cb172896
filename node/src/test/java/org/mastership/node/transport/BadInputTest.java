package org.mastership.node.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mastership.node.transport.TestServer.eventually;
import static org.mastership.node.transport.TestServer.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.transport.Refusals.Reason;
import org.mastership.node.wire.Hello;
import org.mastership.node.wire.HelloReply;
import org.mastership.node.wire.MessageCodec;
import org.mastership.node.wire.PeerMessage;
import org.mastership.node.wire.WireVouch;

/**
 * Whatever comes in on server one's port, the connection is closed and counted, and servers one and
 * two go on talking on the connections they have.
 */
class BadInputTest {
  private final ServerConfiguration group = Groups.ofThree();
  private final ServerConfiguration third = Groups.as(group, 3);
  private final AtomicLong messages = new AtomicLong();
  private TestServer one;
  private TestServer two;
  private Logged logged;

  @BeforeEach
  void connect() throws TransportException {
    logged = new Logged(Refusals.class);
    one = new TestServer(group);
    two = new TestServer(Groups.as(group, 2));
    eventually(() -> one.hasConnected(2) && two.hasConnected(1));
  }

  @AfterEach
  void bothWentOnTalkingAllTheTime() {
    exchange();
    assertThat(one.told).filteredOn(told -> told.endsWith(" 2")).containsExactly("connected 2");
    assertThat(two.told).filteredOn(told -> told.endsWith(" 1")).containsExactly("connected 1");
    one.close();
    two.close();
    logged.close();
  }

  private void exchange() {
    long number = messages.incrementAndGet();
    one.send(2, message(number));
    two.send(1, message(number));
    eventually(() -> one.hasReceived(message(number)) && two.hasReceived(message(number)));
  }

  private RawConnection open() throws IOException {
    return new RawConnection(group.self().address());
  }

  private RawConnection openAsThird() throws IOException {
    RawConnection raw = open();
    assertThat(raw.frame(RawConnection.hello(third, 1).build()).reply().getAccepted()).isTrue();
    return raw;
  }

  @Test
  void randomBytes() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      byte[] bytes = new byte[1000];
      random.nextBytes(bytes);
      bytes[0] = 1;
      try (RawConnection raw = open()) {
        assertThat(raw.bytes(bytes).isClosed()).isTrue();
      }
      exchange();
    }
    assertThat(one.refusals(Reason.TOO_LONG)).isEqualTo(20);
    assertThat(logged.linesWith("/127.0.0.1")).as("lines for one host and reason").hasSize(1);
  }

  @Test
  void aFrameOfRandomBytesInsteadOfAHello() throws IOException {
    try (RawConnection raw = open()) {
      assertThat(raw.frame((byte) 0xff, (byte) 0xff, (byte) 0xff).isClosed()).isTrue();
    }
    assertThat(one.refusals(Reason.MALFORMED)).isEqualTo(1);
  }

  @Test
  void aFrameThatEndsEarly() throws IOException {
    try (RawConnection raw = open()) {
      raw.length(100).bytes(new byte[10]);
    }
    try (RawConnection raw = openAsThird()) {
      raw.length(100).bytes(new byte[10]);
      exchange();
    }
    long told = messages.get();
    exchange();
    assertThat(one.received).as("nothing but what server two said").hasSize((int) told + 1);
  }

  @Test
  void aLengthThatIsTooLong() throws IOException {
    try (RawConnection first = open();
        RawConnection second = openAsThird()) {
      assertThat(first.length(Frames.HANDSHAKE_BYTES + 1).isClosed()).isTrue();
      assertThat(second.length(group.mostPeerFrameBytes() + 1).isClosed()).isTrue();
    }
    assertThat(one.refusals(Reason.TOO_LONG)).isEqualTo(2);
  }

  @Test
  void aLengthThatIsNegative() throws IOException {
    try (RawConnection raw = openAsThird()) {
      assertThat(raw.length(-1).isClosed()).isTrue();
    }
    assertThat(one.refusals(Reason.TOO_LONG)).isEqualTo(1);
  }

  @Test
  void anotherVersion() throws IOException {
    Hello hello = RawConnection.hello(third, 1).setVersion(9).build();
    try (RawConnection raw = open()) {
      HelloReply reply = raw.frame(hello).reply();

      assertThat(reply.getAccepted()).isFalse();
      assertThat(reply.getVersion()).isEqualTo(Frames.VERSION);
      assertThat(reply.getReason()).contains("version 9", "versions 2 to 3");
      assertThat(raw.isClosed()).isTrue();
    }
    assertThat(one.refusals(Reason.HANDSHAKE)).isEqualTo(1);
    assertThat(logged.linesWith("version 9")).hasSize(1);
  }

  @Test
  void aServerWithAWrongNumber() throws IOException {
    for (int number : new int[] {0, 1, 4, -1}) {
      try (RawConnection raw = open()) {
        HelloReply reply = raw.frame(RawConnection.hello(third, 1).setFrom(number).build()).reply();

        assertThat(reply.getAccepted()).isFalse();
        assertThat(raw.isClosed()).isTrue();
      }
    }
    assertThat(one.refusals(Reason.HANDSHAKE)).isEqualTo(4);
  }

  @Test
  void garbageAfterAGoodHello() throws IOException {
    try (RawConnection raw = openAsThird()) {
      assertThat(raw.frame((byte) 0x0a, (byte) 0x7f).isClosed()).isTrue();
    }
    assertThat(one.refusals(Reason.MALFORMED)).isEqualTo(1);
  }

  @Test
  void aMessageThatCanNotBeAfterAGoodHello() throws IOException {
    PeerMessage nobody = PeerMessage.newBuilder().setVouch(WireVouch.getDefaultInstance()).build();
    try (RawConnection raw = openAsThird()) {
      raw.frame(MessageCodec.encode(message(77), List.of())).frame(nobody);

      assertThat(raw.isClosed()).isTrue();
    }
    assertThat(one.hasReceived(message(77))).isTrue();
    assertThat(one.refusals(Reason.MALFORMED)).isEqualTo(1);
    assertThat(logged.linesWith("VOUCH")).hasSize(1);
  }

  @Test
  void whatComesAfterGarbageIsNotHeardAndNotCounted() throws IOException {
    byte[] garbage = {0x0a, 0x7f};
    byte[] good = MessageCodec.encode(message(66), List.of()).toByteArray();
    try (RawConnection raw = openAsThird()) {
      assertThat(raw.frames(garbage, garbage, good).isClosed()).isTrue();
    }
    exchange();
    assertThat(one.refusals(Reason.MALFORMED)).isEqualTo(1);
    assertThat(one.hasReceived(message(66))).isFalse();
  }

  @Test
  void aGoodHelloAfterARefusedOneDisplacesNobody() throws IOException {
    byte[] bad = RawConnection.hello(third, 1).setVersion(9).build().toByteArray();
    byte[] good = RawConnection.hello(third, 1).build().toByteArray();
    try (RawConnection before = openAsThird();
        RawConnection raw = open()) {
      assertThat(raw.frames(bad, good, bad).reply().getAccepted()).isFalse();
      assertThat(raw.isClosed()).isTrue();

      before.frame(MessageCodec.encode(message(55), List.of()));
      eventually(() -> one.hasReceived(message(55)));
    }
    assertThat(one.refusals(Reason.HANDSHAKE)).isEqualTo(1);
  }

  @Test
  void garbageOfAClient() throws IOException {
    try (RawConnection raw = open()) {
      raw.frame(RawConnection.clientHello()).reply();

      assertThat(raw.frame((byte) 0x12, (byte) 0x7f).isClosed()).isTrue();
    }
    assertThat(one.refusals(Reason.MALFORMED)).isEqualTo(1);
    eventually(() -> one.clients.isEmpty());
  }

  @Test
  void whoNeverSaysHello() throws IOException {
    try (RawConnection silent = open();
        RawConnection slow = open()) {
      slow.length(100).bytes((byte) 1);

      assertThat(silent.isClosed()).isTrue();
      assertThat(slow.isClosed()).isTrue();
    }
    assertThat(one.refusals(Reason.SLOW_HANDSHAKE)).isEqualTo(2);
  }

  @Test
  void aFloodOfConnectionsDoesNotKeepAServerOut() throws Exception {
    int tooMany = 50;
    List<RawConnection> flood = new ArrayList<>();
    try {
      for (int i = 0; i < Incoming.MOST_SHAKING_HANDS + tooMany; i++) {
        flood.add(open());
      }
      try (TestServer three = new TestServer(third)) {
        eventually(() -> three.hasConnected(1));
        three.send(1, message(99));
        eventually(() -> one.hasReceived(message(99)));
        assertThat(one.refusals(Reason.TOO_MANY)).isGreaterThanOrEqualTo(tooMany);
        assertThat(flood.get(0).isClosed()).as("the oldest is cut off").isTrue();
      }
    } finally {
      for (RawConnection raw : flood) {
        raw.close();
      }
    }
    assertThat(logged.linesWith("too many")).hasSize(1);
  }
}
