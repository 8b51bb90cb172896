package org.mastership.node.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.Future;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Timing;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.wire.Hello;
import org.mastership.node.wire.HelloReply;
import org.mastership.node.wire.PeerMessage;
import org.mastership.node.wire.SnapshotPart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that this server opens to another one: dialled from the start, again at once after
 * it was lost, then a little less often. For the event loop only.
 */
final class Outgoing {
  private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);
  private static final int SHORTEST_WAIT_MILLIS = 5;
  private static final int LONGEST_WAIT_MILLIS = 100;
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_LOGGED = 16;

  /** A connection is given up after the silence of a failed server, this many times. */
  private static final int SILENCES = 4;

  private static final int LEAST_UNACKNOWLEDGED_MILLIS = 1000;

  /** The version that brought the newest kinds of messages. */
  private static final int NEWEST_KINDS = 3;

  private final ServerConfiguration.Member peer;
  private final EventLoop loop;
  private final Dialer dialer;
  private final PeerListener listener;
  private final Refusals refusals;
  private final long mostUnreadBytes;
  private final int unacknowledgedMillis;
  private final Bulk bulk = new Bulk();
  private final Set<String> logged = new HashSet<>();
  private @Nullable Channel accepted;
  private @Nullable Channel dialled;
  private int waitMillis = SHORTEST_WAIT_MILLIS;
  private @Nullable Future<?> waiting;
  private boolean dirty;
  private boolean closed;
  private long acceptedNanos;

  Outgoing(
      ServerConfiguration configuration,
      ServerConfiguration.Member peer,
      EventLoop loop,
      Optional<SslContext> tls,
      PeerListener listener,
      Refusals refusals) {
    this.peer = peer;
    this.loop = loop;
    this.dialer = new Dialer(loop, tls, peer.address(), hello(configuration, peer));
    this.listener = listener;
    this.refusals = refusals;
    this.mostUnreadBytes = mostUnreadBytes(configuration);
    this.unacknowledgedMillis = unacknowledgedMillis(configuration.protocol().timing());
  }

  /** Long enough for packets that are lost, and for a server that is paused for a moment. */
  private static int unacknowledgedMillis(Timing timing) {
    long millis = TimeUnit.NANOSECONDS.toMillis(SILENCES * timing.silenceNanos());
    return (int) Math.max(LEAST_UNACKNOWLEDGED_MILLIS, Math.min(millis, Integer.MAX_VALUE));
  }

  /** What is sent ahead of acknowledgement must find room, the last message begun. */
  private static long mostUnreadBytes(ServerConfiguration configuration) {
    GroupConfiguration.Limits limits = configuration.protocol().limits();
    long messages = 2L + limits.entriesInFlight() / limits.entriesPerMessage();
    return messages * configuration.mostPeerFrameBytes() + SnapshotPart.WINDOW_BYTES;
  }

  void dial() {
    if (!closed) {
      dialled = dialer.dial(new Dialled());
    }
  }

  static Hello hello(ServerConfiguration configuration, ServerConfiguration.Member peer) {
    return Hello.newBuilder()
        .setVersion(configuration.wireVersion())
        .setKind(Hello.Kind.PEER)
        .setGroup(configuration.group())
        .setFrom(configuration.self().number())
        .setTo(peer.number())
        .setConfiguration(configuration.fingerprint())
        .build();
  }

  /**
   * Dials at once, unless the connection was lost as soon as it was there: two processes that both
   * are this server, say, would else dial without a pause. This wait is not cut short.
   */
  private void onClosed() {
    accepted = null;
    dirty = false;
    bulk.clear();
    if (closed) {
      return;
    }
    listener.disconnected(peer.number());
    listener.readComplete();
    if (System.nanoTime() - acceptedNanos > SETTLED_NANOS) {
      waitMillis = SHORTEST_WAIT_MILLIS;
      logged.clear();
      dial();
    } else {
      dialLater();
      waiting = null;
    }
  }

  private void dialLater() {
    if (!closed) {
      waiting = loop.schedule(this::dial, waitMillis, TimeUnit.MILLISECONDS);
      waitMillis = Math.min(LONGEST_WAIT_MILLIS, waitMillis * 2);
    }
  }

  /**
   * The other server is up, since it has dialled this one: a dial that waits for its time need not.
   * A server that has just started is so told of its master before it may take itself for one.
   */
  void dialNow() {
    if (waiting != null && waiting.cancel(false)) {
      waitMillis = SHORTEST_WAIT_MILLIS;
      dial();
    }
  }

  /**
   * Writes a message, or keeps it until the connection takes what is long; what can not be handed
   * over soon enough costs the connection.
   */
  void send(PeerMessage message) {
    Channel channel = accepted;
    if (channel == null) {
      return;
    }
    if (dialer.version() < NEWEST_KINDS && isOfNewestKinds(message)) {
      return;
    }
    if (Bulk.isBulk(message)) {
      bulk.add(message);
      bulk.writeTo(channel);
    } else {
      channel.write(message, channel.voidPromise());
    }
    dirty = true;
    if (!channel.isWritable() && bulk.bytes() + channel.bytesBeforeWritable() > mostUnreadBytes) {
      refusals.cutOff(channel, Refusals.Reason.NOT_READING, "it does not read what it is sent");
    }
  }

  /** What a server of an older version would take for nonsense. */
  private static boolean isOfNewestKinds(PeerMessage message) {
    return message.hasRating() || message.hasPing() || message.hasPong();
  }

  private void onWritabilityChanged(Channel channel) {
    if (channel.equals(accepted) && bulk.writeTo(channel)) {
      channel.flush();
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

  /** Hears how a dial ended. */
  private final class Dialled implements Dialer.Listener {
    @Override
    public void accepted(Channel channel) {
      accepted = channel;
      EventLoops.keepShort(channel);
      EventLoops.giveUpAfter(channel, unacknowledgedMillis);
      acceptedNanos = System.nanoTime();
      Frames.become(
          channel, Frames.HANDSHAKE_BYTES, HelloReply.getDefaultInstance(), new Silence());
      listener.connected(peer.number());
      listener.readComplete();
      channel.closeFuture().addListener(done -> onClosed());
    }

    @Override
    public void failed(Dialer.Reason reason, String text) {
      if (reason == Dialer.Reason.NOBODY_LISTENS) {
        listener.refused(peer.number());
        listener.readComplete();
      } else if (!closed && logged.size() < MOST_LOGGED && logged.add(text)) {
        LOG.warn("no connection to server {} at {}: {}", peer.name(), peer.address(), text);
      }
      dialLater();
    }
  }

  /** The other server says nothing on this connection any more; if it does it is not one. */
  private final class Silence extends SimpleChannelInboundHandler<HelloReply> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, HelloReply reply) {
      refusals.cutOff(
          context.channel(), Refusals.Reason.MALFORMED, "it speaks where it is only to listen");
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      onWritabilityChanged(context.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      refusals.cutOff(context.channel(), cause);
    }
  }
}
