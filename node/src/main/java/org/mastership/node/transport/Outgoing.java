package org.mastership.node.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.wire.Hello;
import org.mastership.node.wire.HelloReply;
import org.mastership.node.wire.PeerMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that this server opens to another one: dialled from the start, again at once after
 * it was lost, then a little less often. For the event loop only.
 */
final class Outgoing {
  private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);
  private static final int CONNECT_MILLIS = 1000;
  private static final int SHORTEST_WAIT_MILLIS = 5;
  private static final int LONGEST_WAIT_MILLIS = 100;

  private final ServerConfiguration configuration;
  private final ServerConfiguration.Member peer;
  private final EventLoop loop;
  private final Optional<SslContext> tls;
  private final PeerListener listener;
  private final Refusals refusals;
  private @Nullable Channel accepted;
  private @Nullable Channel dialled;
  private int waitMillis = SHORTEST_WAIT_MILLIS;
  private boolean dirty;
  private boolean closed;
  private String lastRefusal = "";

  Outgoing(
      ServerConfiguration configuration,
      ServerConfiguration.Member peer,
      EventLoop loop,
      Optional<SslContext> tls,
      PeerListener listener,
      Refusals refusals) {
    this.configuration = configuration;
    this.peer = peer;
    this.loop = loop;
    this.tls = tls;
    this.listener = listener;
    this.refusals = refusals;
  }

  void dial() {
    if (closed) {
      return;
    }
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(EventLoops.connections())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    initialize(channel);
                  }
                });
    Address address = peer.address();
    ChannelFuture connecting = bootstrap.connect(address.host(), address.port());
    dialled = connecting.channel();
    connecting.addListener(done -> onDialled(connecting));
  }

  private void initialize(Channel channel) {
    Address address = peer.address();
    tls.ifPresent(
        context ->
            channel
                .pipeline()
                .addLast(context.newHandler(channel.alloc(), address.host(), address.port())));
    Frames.install(channel.pipeline(), HelloReply.getDefaultInstance(), new Handshake());
  }

  private void onDialled(ChannelFuture connecting) {
    if (connecting.isSuccess()) {
      Channel channel = connecting.channel();
      channel.closeFuture().addListener(done -> onClosed(channel));
      channel.writeAndFlush(hello());
      return;
    }
    if (connecting.cause() instanceof ConnectException refusal && isRefusal(refusal)) {
      listener.refused(peer.number());
      listener.readComplete();
    }
    dialLater();
  }

  /** Netty words a refusal by the host itself; a lack of a route or a time-out is none. */
  private static boolean isRefusal(ConnectException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Connection refused");
  }

  private Hello hello() {
    return Hello.newBuilder()
        .setVersion(Frames.VERSION)
        .setKind(Hello.Kind.PEER)
        .setGroup(configuration.group())
        .setFrom(configuration.self().number())
        .setTo(peer.number())
        .setConfiguration(configuration.fingerprint())
        .build();
  }

  private void onClosed(Channel channel) {
    boolean wasAccepted = channel == accepted;
    accepted = null;
    dirty = false;
    if (wasAccepted && !closed) {
      listener.disconnected(peer.number());
      listener.readComplete();
      dial();
    } else {
      dialLater();
    }
  }

  private void dialLater() {
    if (!closed) {
      loop.schedule(this::dial, waitMillis, TimeUnit.MILLISECONDS);
      waitMillis = Math.min(LONGEST_WAIT_MILLIS, waitMillis * 2);
    }
  }

  private void onAccepted(Channel channel) {
    accepted = channel;
    waitMillis = SHORTEST_WAIT_MILLIS;
    lastRefusal = "";
    Frames.become(channel, Frames.HANDSHAKE_BYTES, HelloReply.getDefaultInstance(), new Silence());
    listener.connected(peer.number());
    listener.readComplete();
  }

  private void onRefused(Channel channel, String reason) {
    if (!reason.equals(lastRefusal)) {
      lastRefusal = reason;
      LOG.warn("server {} at {} refuses this server: {}", peer.name(), peer.address(), reason);
    }
    channel.close();
  }

  /** Writes a message; one that can not be handed over soon enough costs the connection. */
  void send(PeerMessage message) {
    Channel channel = accepted;
    if (channel == null) {
      return;
    }
    channel.write(message, channel.voidPromise());
    dirty = true;
    long pending = channel.bytesBeforeWritable();
    if (!channel.isWritable() && pending > 2L * configuration.mostPeerFrameBytes()) {
      refusals.cutOff(channel, Refusals.Reason.NOT_READING, "it does not read what it is sent");
    }
  }

  void flush() {
    Channel channel = accepted;
    if (dirty && channel != null) {
      dirty = false;
      channel.flush();
    }
  }

  void close() {
    closed = true;
    if (dialled != null) {
      dialled.close();
    }
  }

  /** Waits for the answer to the Hello. */
  private final class Handshake extends SimpleChannelInboundHandler<HelloReply> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, HelloReply reply) {
      if (reply.getAccepted()) {
        onAccepted(context.channel());
      } else {
        onRefused(context.channel(), reply.getReason());
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      onRefused(context.channel(), String.valueOf(cause.getMessage()));
    }
  }

  /** The other server says nothing on this connection any more; if it does it is not one. */
  private static final class Silence extends SimpleChannelInboundHandler<HelloReply> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, HelloReply reply) {
      context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
