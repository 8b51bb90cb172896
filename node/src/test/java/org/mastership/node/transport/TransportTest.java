package org.mastership.node.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mastership.node.transport.TestServer.eventually;
import static org.mastership.node.transport.TestServer.message;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mastership.core.Epoch;
import org.mastership.core.Message;
import org.mastership.core.Position;
import org.mastership.core.Run;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.wire.Hello;
import org.mastership.node.wire.HelloReply;
import org.mastership.node.wire.MessageCodec;
import org.mastership.node.wire.PeerFrame;
import org.mastership.node.wire.PeerMessage;

/** What one server says reaches the other, and both learn whether they are connected. */
class TransportTest {
  private final ServerConfiguration group = Groups.ofThree();

  @Test
  void messagesOfEachServerReachTheOtherInOrder() throws Exception {
    try (TestServer one = new TestServer(group);
        TestServer two = new TestServer(Groups.as(group, 2))) {
      eventually(() -> one.hasConnected(2) && two.hasConnected(1));

      two.send(1, message(7));
      for (long number = 1; number <= 1000; number++) {
        one.send(2, message(number));
      }

      eventually(() -> one.hasReceived(message(7)) && two.received.size() == 1000);
      assertThat(two.received.stream().map(PeerFrame::message))
          .isEqualTo(LongStream.rangeClosed(1, 1000).mapToObj(TestServer::message).toList());
    }
  }

  @Test
  void entriesArriveWithTheirBytes() throws Exception {
    Epoch epoch = new Epoch(1, 1);
    Message entries = new Message.Entries(epoch, Position.ORIGIN, List.of(new Run(epoch, 1, 3)), 0);
    List<ByteString> payloads =
        List.of(
            ByteString.copyFromUtf8("first"),
            ByteString.EMPTY,
            ByteString.copyFrom(new byte[Groups.MOST_REQUEST_BYTES]));
    try (TestServer one = new TestServer(group);
        TestServer two = new TestServer(Groups.as(group, 2))) {
      eventually(() -> one.hasConnected(2));

      one.sendUnflushed(2, entries, payloads);
      one.flush();

      eventually(() -> !two.received.isEmpty());
      assertThat(two.received).containsExactly(new PeerFrame(entries, payloads));
    }
  }

  @Test
  void whatIsNotFlushedWaits() throws Exception {
    try (TestServer one = new TestServer(group);
        TestServer two = new TestServer(Groups.as(group, 2));
        TestServer three = new TestServer(Groups.as(group, 3))) {
      eventually(() -> one.hasConnected(2) && one.hasConnected(3) && three.hasConnected(2));
      eventually(() -> two.hasConnected(1) && three.hasConnected(1));

      one.sendUnflushed(2, message(1), List.of());
      three.send(2, message(2));
      eventually(() -> two.hasReceived(message(2)));
      assertThat(two.hasReceived(message(1))).isFalse();

      one.flush();
      eventually(() -> two.hasReceived(message(1)));
    }
  }

  @Test
  void aServerThatIsNotThereIsToldAsRefused() throws Exception {
    try (TestServer one = new TestServer(group)) {
      eventually(() -> one.refusedBy(2) > 1 && one.refusedBy(3) > 1);

      one.send(2, message(1));
      assertThat(one.told).isEmpty();
    }
  }

  @Test
  void aServerThatReturnsIsConnectedAgain() throws Exception {
    try (TestServer one = new TestServer(group)) {
      try (TestServer two = new TestServer(Groups.as(group, 2))) {
        eventually(() -> one.hasConnected(2) && two.hasConnected(1));
      }
      eventually(() -> one.told.contains("disconnected 2"));
      one.send(2, message(1));

      try (TestServer two = new TestServer(Groups.as(group, 2))) {
        eventually(() -> one.told.size() == 3 && two.hasConnected(1));
        one.send(2, message(2));
        eventually(() -> !two.received.isEmpty());

        assertThat(one.told).containsExactly("connected 2", "disconnected 2", "connected 2");
        assertThat(two.hasReceived(message(1))).isFalse();
      }
    }
  }

  @Test
  void aHostThatAnswersNothingIsNotToldAsRefused() throws Exception {
    ServerConfiguration.Address address = group.member(2).address();
    try (ServerSocket silent =
            new ServerSocket(address.port(), 50, InetAddress.getByName(address.host()));
        TestServer one = new TestServer(group);
        Socket accepted = silent.accept()) {
      eventually(() -> one.refusedBy(3) > 4);

      assertThat(accepted.getInputStream().read()).as("the Hello begins").isZero();
      assertThat(one.refusedBy(2)).isZero();
      assertThat(one.told).isEmpty();
    }
  }

  @Test
  void ofTwoConnectionsOfOneServerTheNewerCounts() throws Exception {
    ServerConfiguration two = Groups.as(group, 2);
    try (TestServer one = new TestServer(group);
        RawConnection older = new RawConnection(group.self().address());
        RawConnection newer = new RawConnection(group.self().address())) {
      Hello hello = RawConnection.hello(two, 1).build();
      assertThat(older.frame(hello).reply().getAccepted()).isTrue();
      assertThat(newer.frame(hello).reply().getAccepted()).isTrue();

      assertThat(older.isClosed()).isTrue();
      newer.frame(MessageCodec.encode(message(3), List.of()));
      eventually(() -> one.hasReceived(message(3)));
    }
  }

  @Test
  void aMessageMayComeInOnePieceWithTheHello() throws Exception {
    ServerConfiguration two = Groups.as(group, 2);
    try (TestServer one = new TestServer(group);
        RawConnection raw = new RawConnection(group.self().address())) {
      Hello hello = RawConnection.hello(two, 1).build();
      PeerMessage first = MessageCodec.encode(message(4), List.of());
      raw.frames(hello.toByteArray(), first.toByteArray());

      eventually(() -> one.hasReceived(message(4)));
    }
  }

  @Test
  void aServerThatIsLostAsSoonAsItIsThereIsNotDialledWithoutAPauseThoughItDialsItself()
      throws Exception {
    ServerConfiguration two = Groups.as(group, 2);
    ServerConfiguration.Address address = two.self().address();
    try (ServerSocket fickle =
            new ServerSocket(address.port(), 50, InetAddress.getByName(address.host()));
        TestServer one = new TestServer(group)) {
      long began = System.nanoTime();
      for (int times = 1; times <= 8; times++) {
        int connections = times;
        try (Socket accepted = fickle.accept()) {
          accept(accepted);
          eventually(() -> one.times("connected 2") == connections);
        }
        eventually(() -> one.times("disconnected 2") == connections);
        try (RawConnection raw = new RawConnection(group.self().address())) {
          raw.frame(RawConnection.hello(two, 1).build()).reply();
        }
      }
      long millis = (System.nanoTime() - began) / 1_000_000;

      assertThat(millis).as("5 + 10 + 20 + 40 + 80 + 100 + 100 ms").isGreaterThanOrEqualTo(350);
    }
  }

  private static Message entry(Epoch epoch, long sequence) {
    Position before = sequence == 1 ? Position.ORIGIN : new Position(epoch, sequence - 1);
    return new Message.Entries(epoch, before, List.of(new Run(epoch, sequence, sequence)), 0);
  }

  @Test
  void aServerThatDoesNotReadIsCutOff() throws Exception {
    ServerConfiguration.Address address = group.member(2).address();
    Epoch epoch = new Epoch(1, 1);
    List<ByteString> payload = List.of(ByteString.copyFrom(new byte[64 << 10]));
    try (ServerSocket deaf =
            new ServerSocket(address.port(), 50, InetAddress.getByName(address.host()));
        TestServer one = new TestServer(group);
        Socket accepted = deaf.accept()) {
      accept(accepted);
      eventually(() -> one.hasConnected(2));

      for (long sequence = 1; sequence <= 1000; sequence++) {
        one.sendUnflushed(2, entry(epoch, sequence), payload);
        one.flush();
      }

      eventually(() -> one.refusals(Refusals.Reason.NOT_READING) > 0);
      eventually(() -> one.told.contains("disconnected 2"));
    }
  }

  /** As on a network that is cut, here because its window is full; only Linux is told to. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aConnectionThatTakesNothingIsGivenUpAndDialledAgain() throws Exception {
    ServerConfiguration.Address address = group.member(2).address();
    Epoch epoch = new Epoch(1, 1);
    List<ByteString> payload = List.of(ByteString.copyFrom(new byte[256 << 10]));
    try (ServerSocket deaf = smallWindow(address);
        TestServer one = new TestServer(group);
        Socket accepted = deaf.accept()) {
      accept(accepted);
      eventually(() -> one.hasConnected(2));

      one.sendUnflushed(2, entry(epoch, 1), payload);
      one.flush();

      eventually(() -> one.told.contains("disconnected 2"));
      deaf.accept().close();
      assertThat(one.refusals(Refusals.Reason.NOT_READING)).isZero();
    }
  }

  private static ServerSocket smallWindow(ServerConfiguration.Address address) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReceiveBufferSize(4 << 10);
    socket.bind(new InetSocketAddress(address.host(), address.port()));
    return socket;
  }

  @Test
  void aServerThatTakesPartNoMoreIsNotConnectedTo() throws Exception {
    try (TestServer one = new TestServer(group);
        TestServer two = new TestServer(Groups.as(group, 2));
        Logged logged = new Logged(Outgoing.class)) {
      eventually(() -> one.hasConnected(2) && two.hasConnected(1));

      one.closePeers();

      eventually(() -> two.told.contains("disconnected 1"));
      eventually(() -> !logged.linesWith("takes no part in the group any more").isEmpty());
      assertThat(two.told).containsExactly("connected 1", "disconnected 1");
    }
  }

  @Test
  void hostsMayBeNamed() throws Exception {
    ServerConfiguration named = Groups.ofThree("localhost");
    try (TestServer one = new TestServer(named);
        TestServer two = new TestServer(Groups.as(named, 2))) {
      eventually(() -> one.hasConnected(2) && two.hasConnected(1));
    }
  }

  @Test
  void anAddressInUseIsNamedWithWhatToDo() throws Exception {
    try (TestServer one = new TestServer(group)) {
      assertThatThrownBy(() -> new TestServer(group))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("can not listen on " + group.self().address())
          .hasMessageContaining("stop what uses the address");
      assertThat(one.told).isEmpty();
    }
  }

  private static void accept(Socket connection) throws IOException {
    byte[] reply = HelloReply.newBuilder().setAccepted(true).build().toByteArray();
    connection.getOutputStream().write(new byte[] {0, 0, 0, (byte) reply.length});
    connection.getOutputStream().write(reply);
  }
}
