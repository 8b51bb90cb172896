package org.mastership.node.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mastership.node.transport.TestServer.eventually;

import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.transport.Refusals.Reason;
import org.mastership.node.wire.ClientMessage;
import org.mastership.node.wire.Rejected;
import org.mastership.node.wire.StatusRequest;

/** Clients on the port of a server. */
class ClientConnectionTest {
  private final ServerConfiguration group = Groups.ofThree();
  @AutoClose private TestServer server;

  @BeforeEach
  void start() throws TransportException {
    server = new TestServer(group);
  }

  private RawConnection open() throws IOException {
    RawConnection client = new RawConnection(group.self().address());
    assertThat(client.frame(RawConnection.clientHello()).reply().getAccepted()).isTrue();
    return client;
  }

  private static ClientMessage request(long id) {
    return ClientMessage.newBuilder()
        .setId(id)
        .setStatus(StatusRequest.getDefaultInstance())
        .build();
  }

  @Test
  void aClientIsAnsweredUntilItLeaves() throws IOException {
    server.answerWith(10);
    try (RawConnection client = open()) {
      client.frame(request(1)).frame(request(2));

      assertThat(client.answer().getId()).isEqualTo(1);
      assertThat(client.answer().getId()).isEqualTo(2);
      assertThat(server.clients).hasSize(1);
    }
    eventually(() -> server.clients.isEmpty());
  }

  @Test
  void aMessageThatIsTooLongIsAnsweredAndEndsTheConnection() throws IOException {
    try (RawConnection client = open()) {
      client.length(group.mostClientFrameBytes() + 1);

      assertThat(client.answer().getRejected().getReason()).isEqualTo(Rejected.Reason.TOO_LARGE);
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(server.refusals(Reason.TOO_LONG)).isEqualTo(1);
  }

  @Test
  void aClientThatDoesNotReadIsNotReadAndCutOffInTheEnd() throws IOException {
    server.answerWith(1 << 20);
    try (RawConnection deaf = open();
        RawConnection good = open()) {
      sendUntilCutOff(deaf, 1000);
      eventually(() -> server.refusals(Reason.NOT_READING) == 1);

      assertThat(server.ofClients).as("messages that were read of it").hasSizeLessThan(1000);
      server.answerWith(10);
      assertThat(good.frame(request(1)).answer().getId()).isEqualTo(1);
      eventually(() -> server.clients.size() == 1);
    }
  }

  private static void sendUntilCutOff(RawConnection client, int requests) throws IOException {
    try {
      for (int id = 1; id <= requests; id++) {
        client.frame(request(id));
      }
    } catch (SocketException e) {
      assertThat(e).hasMessageMatching("(?i).*(broken pipe|reset).*");
    }
  }

  @Test
  void aClientThatStopsReadingIsCutOffHoweverLittleWaits() throws IOException {
    server.answerWith(1 << 20);
    try (RawConnection deaf = open()) {
      for (int id = 1; id <= 20; id++) {
        deaf.frame(request(id));
      }
      eventually(() -> server.refusals(Reason.NOT_READING) == 1);
    }
  }

  @Test
  void aClientThatIsNotToBeReadWaitsUntilItIsAgainAndHoldsUpNobodyElse() throws IOException {
    server.answerWith(10);
    try (RawConnection waits = open()) {
      eventually(() -> server.clients.size() == 1);
      server.readingOfClients(false);
      waits.frame(request(1)).frame(request(2));

      try (RawConnection other = open()) {
        assertThat(other.frame(request(3)).answer().getId()).isEqualTo(3);
        assertThat(other.frame(request(4)).answer().getId()).isEqualTo(4);
      }
      assertThat(server.ofClients).extracting(ClientMessage::getId).containsExactly(3L, 4L);

      server.readingOfClients(true);
      assertThat(waits.answer().getId()).isEqualTo(1);
      assertThat(waits.answer().getId()).isEqualTo(2);
    }
  }

  @Test
  void aClientThatReadsLateIsServed() throws IOException {
    server.answerWith(1 << 20);
    try (RawConnection late = open()) {
      for (int id = 1; id <= 12; id++) {
        late.frame(request(id));
      }
      for (int id = 1; id <= 12; id++) {
        assertThat(late.answer().getId()).isEqualTo(id);
      }
    }
    assertThat(server.refusals(Reason.NOT_READING)).isZero();
  }

  /** A client that is left on an open connection takes this server for one that is there. */
  @Test
  void aServerThatLeavesClosesAllConnections() throws IOException {
    try (RawConnection client = open();
        RawConnection shakingHands = new RawConnection(group.self().address())) {
      eventually(() -> server.clients.size() == 1);
      server.leave();

      assertThat(client.isClosed()).isTrue();
      assertThat(shakingHands.isClosed()).isTrue();
    }
  }
}
