package org.mastership.node.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.transport.Dialer;
import org.mastership.node.transport.Frames;
import org.mastership.node.wire.ClientMessage;
import org.mastership.node.wire.ServerMessage;

/**
 * This client's connection to one server: while it is wanted it is dialled, and dialled again when
 * lost. For the event loop only.
 */
final class Link {
  /** The longest frame from a server: a result, which the service bounds. */
  private static final int MOST_FRAME_BYTES = 16 << 20;

  private static final int SHORTEST_WAIT_MILLIS = 2;
  private static final int LONGEST_WAIT_MILLIS = 100;

  /** A connection that was good for so long is dialled again at once when it is lost. */
  private static final long GOOD_NANOS = 100_000_000;

  /** Is told what happens on a link. */
  interface Listener {
    void ready(Link link);

    /** The connection was lost, or could not be opened; {@link #problem} says why. */
    void lost(Link link);

    void received(Link link, ServerMessage message);

    /** All that had come in at once was told. */
    void readComplete();
  }

  private final Address address;
  private final EventLoop loop;
  private final Dialer dialer;
  private final Listener listener;
  private @Nullable Channel dialled;
  private @Nullable Channel ready;
  private boolean wanted;
  private boolean waiting;
  private boolean dirty;
  private int waitMillis = SHORTEST_WAIT_MILLIS;
  private String problem = "";
  private long readyNanos;
  private long heardNanos;
  private Belief belief = Belief.NONE;

  Link(Address address, EventLoop loop, Dialer dialer, Listener listener) {
    this.address = address;
    this.loop = loop;
    this.dialer = dialer;
    this.listener = listener;
  }

  Address address() {
    return address;
  }

  boolean isReady() {
    return ready != null;
  }

  /** Whether the server may soon say who it is and whom it takes for the master. */
  boolean isPending() {
    return wanted && problem.isEmpty() && belief.server() == 0;
  }

  /** What the server has said of the mastership on this connection. */
  Belief belief() {
    return belief;
  }

  void believes(Belief said) {
    belief = said;
  }

  /** Why there is no connection; empty if none was tried since the last good one. */
  String problem() {
    return problem;
  }

  /** When the server last said something, as {@code System.nanoTime()}. */
  long heardNanos() {
    return heardNanos;
  }

  /** Sees to it that there is a connection. */
  void open() {
    if (!wanted) {
      wanted = true;
      problem = "";
    }
    if (dialled == null && !waiting) {
      Dialing dialing = new Dialing();
      dialled = dialer.dial(dialing);
      dialing.channel = dialled;
    }
  }

  /** Lets the connection go. */
  void release() {
    Channel channel = dialled;
    wanted = false;
    ready = null;
    dialled = null;
    belief = Belief.NONE;
    if (channel != null) {
      channel.close();
    }
  }

  /** Gives up a connection that looks dead; another is dialled. */
  void drop(String why) {
    Channel channel = ready;
    if (channel != null) {
      lose(channel, why);
      channel.close();
    }
  }

  /** Writes a message; {@link #flush} hands it to the network. */
  void send(ClientMessage message) {
    Channel channel = ready;
    if (channel != null) {
      channel.write(message, channel.voidPromise());
      dirty = true;
    }
  }

  void flush() {
    Channel channel = ready;
    if (dirty && channel != null) {
      dirty = false;
      channel.flush();
    }
  }

  private void lose(Channel channel, String why) {
    if (!channel.equals(dialled)) {
      return;
    }
    boolean wasGood = ready != null && System.nanoTime() - readyNanos > GOOD_NANOS;
    dialled = null;
    ready = null;
    dirty = false;
    belief = Belief.NONE;
    problem = why;
    if (wasGood) {
      waitMillis = SHORTEST_WAIT_MILLIS;
      open();
    } else {
      openLater();
    }
    listener.lost(this);
  }

  private void openLater() {
    waiting = true;
    loop.schedule(
        () -> {
          waiting = false;
          if (wanted) {
            open();
          }
        },
        waitMillis,
        TimeUnit.MILLISECONDS);
    waitMillis = Math.min(LONGEST_WAIT_MILLIS, waitMillis * 2);
  }

  /** Waits for the outcome of one dial. */
  private final class Dialing implements Dialer.Listener {
    private @Nullable Channel channel;

    @Override
    public void accepted(Channel channel) {
      if (!channel.equals(dialled)) {
        channel.close();
        return;
      }
      ready = channel;
      problem = "";
      readyNanos = System.nanoTime();
      heardNanos = readyNanos;
      Frames.become(channel, MOST_FRAME_BYTES, ServerMessage.getDefaultInstance(), new Messages());
      channel.closeFuture().addListener(done -> lose(channel, "the connection was lost"));
      listener.ready(Link.this);
      listener.readComplete();
    }

    @Override
    public void failed(Dialer.Reason reason, String text) {
      if (channel != null) {
        lose(channel, reason == Dialer.Reason.REFUSED ? "it refuses this client: " + text : text);
      }
    }
  }

  /** Hears the server. */
  private final class Messages extends SimpleChannelInboundHandler<ServerMessage> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ServerMessage message) {
      if (context.channel().equals(ready)) {
        listener.received(Link.this, message);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      heardNanos = System.nanoTime();
      listener.readComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      lose(context.channel(), String.valueOf(cause.getMessage()));
      context.close();
    }
  }
}
