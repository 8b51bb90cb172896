package org.mastership.node.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.transport.Refusals.Reason;
import org.mastership.node.wire.ClientMessage;
import org.mastership.node.wire.Hello;
import org.mastership.node.wire.HelloReply;
import org.mastership.node.wire.MalformedMessageException;
import org.mastership.node.wire.MessageCodec;
import org.mastership.node.wire.PeerFrame;
import org.mastership.node.wire.PeerMessage;
import org.mastership.node.wire.Rejected;
import org.mastership.node.wire.ServerMessage;

/** Connections that others open to this server: the handshake, then servers and clients apart. */
final class Incoming {
  private static final int HANDSHAKE_MILLIS = 5_000;
  private static final int MOST_SHAKING_HANDS = 256;

  private final ServerConfiguration configuration;
  private final PeerListener peers;
  private final IntConsumer dialledBy;
  private final Clients clients;
  private final Refusals refusals;
  private final @Nullable Channel[] current;
  private int shakingHands;

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
    this.peers = peers;
    this.dialledBy = dialledBy;
    this.clients = clients;
    this.refusals = refusals;
    this.current = new Channel[configuration.members().size() + 1];
  }

  void initialize(Channel channel) {
    Frames.install(channel.pipeline(), Hello.getDefaultInstance(), new Handshake());
  }

  /** Cuts the other servers off. */
  void closePeers() {
    for (Channel channel : current) {
      if (channel != null) {
        channel.close();
      }
    }
  }

  private void cutOff(ChannelHandlerContext context, Throwable cause) {
    Throwable root =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    if (cause instanceof TooLongFrameException) {
      refusals.cutOff(context.channel(), Reason.TOO_LONG, String.valueOf(cause.getMessage()));
    } else if (root instanceof SSLException) {
      refusals.cutOff(context.channel(), Reason.TLS, String.valueOf(root.getMessage()));
    } else if (cause instanceof DecoderException || cause instanceof MalformedMessageException) {
      refusals.cutOff(context.channel(), Reason.MALFORMED, String.valueOf(root.getMessage()));
    } else {
      context.close();
    }
  }

  /** Why a Hello is not accepted; null if it is. */
  private @Nullable String refusal(Hello hello) {
    int size = configuration.members().size();
    int self = configuration.self().number();
    if (hello.getVersion() != Frames.VERSION) {
      return "it speaks version " + hello.getVersion() + ", this server " + Frames.VERSION;
    }
    boolean named = !hello.getGroup().isEmpty() || hello.getKind() == Hello.Kind.PEER;
    if (named && !hello.getGroup().equals(configuration.group())) {
      return "it is of group '" + hello.getGroup() + "', this is '" + configuration.group() + "'";
    }
    if (hello.getKind() == Hello.Kind.CLIENT) {
      return null;
    }
    if (hello.getKind() != Hello.Kind.PEER) {
      return "it says neither that it is a server nor that it is a client";
    }
    if (hello.getTo() != self) {
      return "it looks for server number " + hello.getTo() + ", this is number " + self;
    }
    if (hello.getFrom() < 1 || hello.getFrom() > size || hello.getFrom() == self) {
      return "it says that it is server number " + hello.getFrom() + " of " + size;
    }
    if (!hello.getConfiguration().equals(configuration.fingerprint())) {
      return "its configuration differs: it has "
          + hello.getConfiguration()
          + ", this server has "
          + configuration.fingerprint();
    }
    return null;
  }

  /** Waits for the Hello. */
  private final class Handshake extends SimpleChannelInboundHandler<Hello> {
    private @Nullable Future<?> timeout;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      shakingHands++;
      if (shakingHands > MOST_SHAKING_HANDS) {
        refusals.cutOff(context.channel(), Reason.TOO_MANY, "too many unfinished connections");
        return;
      }
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
      shakingHands--;
      if (timeout != null) {
        timeout.cancel(false);
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Hello hello) {
      String refusal = refusal(hello);
      HelloReply.Builder reply = HelloReply.newBuilder().setVersion(Frames.VERSION);
      if (refusal != null) {
        context.writeAndFlush(reply.setReason(refusal).build());
        refusals.cutOff(context.channel(), Reason.HANDSHAKE, refusal);
        return;
      }
      context.writeAndFlush(reply.setAccepted(true).build());
      if (hello.getKind() == Hello.Kind.PEER) {
        becomePeer(context.channel(), hello.getFrom());
      } else {
        becomeClient(context.channel());
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      cutOff(context, cause);
    }
  }

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

  private void becomeClient(Channel channel) {
    Clients.Connection connection = clients.open(channel);
    Frames.become(
        channel,
        configuration.mostClientFrameBytes(),
        ClientMessage.getDefaultInstance(),
        new Client(connection));
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
      PeerFrame frame = MessageCodec.decode(message);
      peers.received(number, frame.message(), frame.payloads());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      peers.readComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (current[number] == context.channel()) {
        current[number] = null;
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      cutOff(context, cause);
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
      clients.listener().received(connection, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      peers.readComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      clients.closed(connection);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (cause instanceof TooLongFrameException) {
        context.writeAndFlush(
            ServerMessage.newBuilder()
                .setRejected(
                    Rejected.newBuilder()
                        .setReason(Rejected.Reason.TOO_LARGE)
                        .setText(
                            "a message is longer than "
                                + configuration.mostClientFrameBytes()
                                + " bytes, the most this server takes"))
                .build());
      }
      cutOff(context, cause);
    }
  }
}
