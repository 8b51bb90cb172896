package org.mastership.node.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.concurrent.Future;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.transport.Refusals.Reason;
import org.mastership.node.wire.ClientMessage;
import org.mastership.node.wire.Hello;
import org.mastership.node.wire.HelloReply;
import org.mastership.node.wire.LoadSent;
import org.mastership.node.wire.MalformedMessageException;
import org.mastership.node.wire.MessageCodec;
import org.mastership.node.wire.PeerFrame;
import org.mastership.node.wire.PeerMessage;
import org.mastership.node.wire.Rejected;
import org.mastership.node.wire.ServerMessage;

/**
 * Connections that others open to this server: the handshake, then servers and clients apart. What
 * came together with the reason for which a connection was closed is not heard any more.
 */
final class Incoming {
  static final int MOST_SHAKING_HANDS = 256;
  private static final int HANDSHAKE_MILLIS = 5_000;

  private final ServerConfiguration configuration;
  private final Admission admission;
  private final PeerListener peers;
  private final IntConsumer dialledBy;
  private final Clients clients;
  private final Refusals refusals;
  private final @Nullable Channel[] current;
  private final @Nullable Channel[] measuring;
  private final Set<Channel> shakingHands = new LinkedHashSet<>();
  private boolean peersClosed;

  /**
   * @param dialledBy is told the number of each server that has dialled this one
   */
  Incoming(
      ServerConfiguration configuration,
      PeerListener peers,
      IntConsumer dialledBy,
      Clients clients,
      Refusals refusals) {
    this.configuration = configuration;
    this.admission = new Admission(configuration);
    this.peers = peers;
    this.dialledBy = dialledBy;
    this.clients = clients;
    this.refusals = refusals;
    this.current = new Channel[configuration.members().size() + 1];
    this.measuring = new Channel[configuration.members().size() + 1];
  }

  void initialize(Channel channel) {
    Frames.install(channel.pipeline(), Hello.getDefaultInstance(), new Handshake());
  }

  /** Cuts the other servers off for good. */
  void closePeers() {
    peersClosed = true;
    for (Channel channel : current) {
      if (channel != null) {
        channel.close();
      }
    }
  }

  private @Nullable String refusal(Hello hello) {
    String refusal = admission.refusal(hello);
    if (refusal == null && hello.getKind() == Hello.Kind.PEER && peersClosed) {
      return "server " + configuration.name() + " takes no part in the group any more";
    }
    return refusal;
  }

  /**
   * Makes room for one more connection. The oldest goes: whoever means it well has said Hello long
   * before, so a flood does not keep the other servers out.
   */
  private void admit(Channel channel) {
    if (shakingHands.size() == MOST_SHAKING_HANDS) {
      Iterator<Channel> oldestFirst = shakingHands.iterator();
      Channel oldest = oldestFirst.next();
      oldestFirst.remove();
      refusals.cutOff(oldest, Reason.TOO_MANY, "too many connections that have not said Hello");
    }
    shakingHands.add(channel);
  }

  /** Waits for the Hello. */
  private final class Handshake extends SimpleChannelInboundHandler<Hello> {
    private @Nullable Future<?> timeout;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      admit(context.channel());
      timeout =
          context
              .executor()
              .schedule(
                  () ->
                      refusals.cutOff(
                          context.channel(), Reason.SLOW_HANDSHAKE, "it did not say who it is"),
                  HANDSHAKE_MILLIS,
                  TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      shakingHands.remove(context.channel());
      if (timeout != null) {
        timeout.cancel(false);
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Hello hello) {
      if (!context.channel().isActive()) {
        return;
      }
      String refusal = refusal(hello);
      if (refusal == null && hello.getKind() == Hello.Kind.CLIENT && clients.isFull()) {
        turnAway(context, Reason.TOO_MANY, "there are too many clients; try another server");
      } else if (refusal != null) {
        turnAway(context, Reason.HANDSHAKE, refusal);
      } else {
        context.writeAndFlush(reply().setAccepted(true).build());
        begin(context.channel(), hello);
      }
    }

    private void turnAway(ChannelHandlerContext context, Reason reason, String text) {
      context.writeAndFlush(reply().setReason(text).build());
      refusals.cutOff(context.channel(), reason, text);
    }

    private HelloReply.Builder reply() {
      return HelloReply.newBuilder().setVersion(configuration.wireVersion());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      refusals.cutOff(context.channel(), cause);
    }
  }

  private void begin(Channel channel, Hello hello) {
    if (hello.getKind() == Hello.Kind.PEER) {
      becomePeer(channel, hello.getFrom());
    } else if (hello.getKind() == Hello.Kind.LOAD) {
      becomeLoad(channel, hello.getFrom());
    } else {
      Clients.Connection connection = clients.open(channel);
      Frames.become(
          channel,
          configuration.mostClientFrameBytes(),
          ClientMessage.getDefaultInstance(),
          new Client(connection));
    }
  }

  /** A server measures once at a time. */
  private void becomeLoad(Channel channel, int number) {
    Channel before = measuring[number];
    measuring[number] = channel;
    if (before != null) {
      before.close();
    }
    Frames.become(
        channel, Load.FRAME_BYTES, LoadSent.getDefaultInstance(), new LoadReceiver(refusals));
  }

  /** A server has one connection to this one: the newest, as it knows best which it uses. */
  private void becomePeer(Channel channel, int number) {
    Channel before = current[number];
    current[number] = channel;
    if (before != null) {
      before.close();
    }
    Frames.become(
        channel,
        configuration.mostPeerFrameBytes(),
        PeerMessage.getDefaultInstance(),
        new Peer(number));
    dialledBy.accept(number);
  }

  /** Hears another server. */
  private final class Peer extends SimpleChannelInboundHandler<PeerMessage> {
    private final int number;

    Peer(int number) {
      this.number = number;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, PeerMessage message)
        throws MalformedMessageException {
      if (!context.channel().isActive()) {
        return;
      }
      switch (message.getBodyCase()) {
        case SNAPSHOT_PART ->
            peers.received(number, MessageCodec.decode(message.getSnapshotPart()));
        case SNAPSHOT_WANTED ->
            peers.received(number, MessageCodec.decode(message.getSnapshotWanted()));
        default -> hear(MessageCodec.decode(message));
      }
    }

    private void hear(PeerFrame frame) {
      if (frame.bySnapshot()) {
        peers.receivedAfterSnapshot(number, frame.message());
      } else {
        peers.received(number, frame.message(), frame.payloads());
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      peers.readComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (context.channel().equals(current[number])) {
        current[number] = null;
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      refusals.cutOff(context.channel(), cause);
    }
  }

  /** Hears a client. */
  private final class Client extends SimpleChannelInboundHandler<ClientMessage> {
    private final Clients.Connection connection;

    Client(Clients.Connection connection) {
      this.connection = connection;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ClientMessage message) {
      if (context.channel().isActive()) {
        clients.listener().received(connection, message);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      peers.readComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      connection.onWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      clients.closed(connection);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (cause instanceof TooLongFrameException) {
        context.writeAndFlush(tooLarge());
      }
      refusals.cutOff(context.channel(), cause);
    }

    private ServerMessage tooLarge() {
      return ServerMessage.newBuilder()
          .setRejected(
              Rejected.newBuilder()
                  .setReason(Rejected.Reason.TOO_LARGE)
                  .setText(
                      "a message is longer than "
                          + configuration.mostClientFrameBytes()
                          + " bytes, the most this server takes"))
          .build();
    }
  }
}
