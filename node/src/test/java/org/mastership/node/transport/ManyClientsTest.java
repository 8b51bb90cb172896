package org.mastership.node.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mastership.core.Message;
import org.mastership.node.transport.Refusals.Reason;
import org.mastership.node.wire.ClientMessage;
import org.mastership.node.wire.HelloReply;
import org.mastership.node.wire.SnapshotPart;
import org.mastership.node.wire.SnapshotWanted;

/** Connections in memory, as there are not ports enough for so many. */
class ManyClientsTest implements ClientListener, PeerListener {
  private final Refusals refusals = new Refusals();
  private final Clients clients = new Clients(this, refusals);
  private final Incoming incoming =
      new Incoming(Groups.ofThree(), this, this::connected, clients, refusals);
  private final Deque<ClientConnection> opened = new ArrayDeque<>();

  @Test
  void oneClientTooManyIsRefusedUntilAnotherLeaves() throws IOException {
    EmbeddedChannel last = new EmbeddedChannel();
    for (int i = 1; i < Clients.MOST_CLIENTS; i++) {
      clients.open(last);
    }
    EmbeddedChannel leaving = new EmbeddedChannel();

    assertThat(connect(leaving).getAccepted()).isTrue();
    assertThat(connect(new EmbeddedChannel()).getReason()).contains("too many clients");
    assertThat(refusals.count(Reason.TOO_MANY)).isEqualTo(1);

    leaving.close();
    assertThat(connect(new EmbeddedChannel()).getAccepted()).isTrue();
    assertThat(opened).hasSize(Clients.MOST_CLIENTS);
  }

  private HelloReply connect(EmbeddedChannel channel) throws IOException {
    incoming.initialize(channel);
    channel.pipeline().fireChannelActive();
    byte[] hello = RawConnection.clientHello().toByteArray();
    channel.writeInbound(Unpooled.buffer().writeInt(hello.length).writeBytes(hello));
    ByteBuf reply = channel.readOutbound();
    try {
      return HelloReply.parseFrom(new ByteBufInputStream(reply.skipBytes(4)));
    } finally {
      reply.release();
    }
  }

  @Override
  public void opened(ClientConnection connection) {
    opened.push(connection);
  }

  @Override
  public void received(ClientConnection connection, ClientMessage message) {
    throw new AssertionError("no client says anything");
  }

  @Override
  public void closed(ClientConnection connection) {
    assertThat(opened.remove(connection)).isTrue();
  }

  @Override
  public void connected(int peer) {
    throw new AssertionError("there is no server");
  }

  @Override
  public void disconnected(int peer) {
    throw new AssertionError("there is no server");
  }

  @Override
  public void refused(int peer) {
    throw new AssertionError("there is no server");
  }

  @Override
  public void received(int peer, Message message, List<ByteString> payloads) {
    throw new AssertionError("there is no server");
  }

  @Override
  public void readComplete() {}

  @Override
  public void receivedAfterSnapshot(int peer, Message message) {}

  @Override
  public void received(int peer, SnapshotPart part) {}

  @Override
  public void received(int peer, SnapshotWanted wanted) {}
}
