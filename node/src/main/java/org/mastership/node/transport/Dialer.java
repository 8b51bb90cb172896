package org.mastership.node.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.wire.Hello;
import org.mastership.node.wire.HelloReply;

/**
 * Opens connections to one server and shakes hands on them. A server that speaks only an older
 * version of the wire format says so, and the next dial goes by that. For the event loop only,
 * which also tells the listener.
 */
public final class Dialer {
  private static final int CONNECT_MILLIS = 1000;
  private static final int HANDSHAKE_MILLIS = 5000;

  /** Why there is no connection. */
  public enum Reason {
    /** The host itself says that nobody listens there. */
    NOBODY_LISTENS,
    /** There is a server, but it refuses who dials; the text is its own. */
    REFUSED,
    /** Anything else: no route, no answer in time, TLS. */
    FAILED
  }

  /** Is told once how a dial ended. */
  public interface Listener {
    /** The server accepts: the channel is to become one of messages, see {@link Frames#become}. */
    void accepted(Channel channel);

    /** There is no connection, and why, for people. */
    void failed(Reason reason, String text);
  }

  private final EventLoop loop;
  private final Optional<SslContext> tls;
  private final Address address;
  private final Hello hello;
  private int version;

  /**
   * Prepares; nothing is opened yet.
   *
   * @param hello what is said first on each connection
   */
  public Dialer(EventLoop loop, Optional<SslContext> tls, Address address, Hello hello) {
    this.loop = loop;
    this.tls = tls;
    this.address = address;
    this.hello = hello;
    this.version = hello.getVersion();
  }

  /** The version of the wire format that was said last: on an open connection the one in use. */
  int version() {
    return version;
  }

  /**
   * Opens one connection; closing the channel gives it up. The listener is told after this
   * returned.
   */
  public Channel dial(Listener listener) {
    Attempt attempt = new Attempt(listener);
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(EventLoops.connections())
            .resolver(Names.OF_THIS_MACHINE)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    initialize(channel, attempt);
                  }
                })
            .connect(address.host(), address.port());
    loop.execute(() -> connecting.addListener(done -> attempt.connected(connecting)));
    return connecting.channel();
  }

  private void initialize(Channel channel, Attempt attempt) {
    tls.ifPresent(context -> Tls.connect(context, channel, address));
    Frames.install(channel.pipeline(), HelloReply.getDefaultInstance(), attempt);
  }

  /** One connection until the server has answered the Hello. */
  private final class Attempt extends SimpleChannelInboundHandler<HelloReply> {
    private final Listener listener;
    private boolean ended;

    Attempt(Listener listener) {
      this.listener = listener;
    }

    void connected(ChannelFuture connecting) {
      if (!connecting.isSuccess()) {
        Throwable cause = connecting.cause();
        fail(isRefusal(cause) ? Reason.NOBODY_LISTENS : Reason.FAILED, Printable.of(cause));
        return;
      }
      Channel channel = connecting.channel();
      channel.closeFuture().addListener(done -> fail(Reason.FAILED, closed()));
      loop.schedule(() -> giveUp(channel), HANDSHAKE_MILLIS, TimeUnit.MILLISECONDS);
      channel.writeAndFlush(hello.toBuilder().setVersion(version).build());
    }

    /** Netty words a refusal by the host itself; a lack of a route or a time-out is none. */
    private static boolean isRefusal(Throwable cause) {
      return cause instanceof ConnectException
          && String.valueOf(cause.getMessage()).contains("Connection refused");
    }

    /**
     * Under TLS 1.3 who connects has finished when the other side looks at the certificate, and the
     * alert of a refusal seldom arrives before the end of the connection.
     */
    private String closed() {
      return tls.isPresent()
          ? "it closed the connection before it answered; if it asks for a certificate, that of"
              + " this side is wrong or missing"
          : "it closed the connection";
    }

    private void giveUp(Channel channel) {
      if (!ended) {
        fail(Reason.FAILED, "it does not answer the handshake");
        channel.close();
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HelloReply reply) {
      if (reply.getAccepted()) {
        ended = true;
        context.channel().closeFuture().addListener(done -> version = hello.getVersion());
        listener.accepted(context.channel());
      } else {
        agree(reply.getVersion());
        fail(Reason.REFUSED, Printable.of(reply.getReason()));
        context.close();
      }
    }

    /** What the other side speaks at most is tried next; whatever else it is, the newest is. */
    private void agree(int theirs) {
      boolean older = theirs >= Frames.OLDEST_VERSION && theirs < hello.getVersion();
      version = older ? theirs : hello.getVersion();
    }

    /** Told before the connection is closed for it, so that the reason is not lost. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent tlsEnded
          && tlsEnded.cause() instanceof SSLException cause) {
        fail(Reason.FAILED, Refusals.tlsFailed(cause));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Throwable root =
          cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
      fail(
          Reason.FAILED,
          root instanceof SSLException ? Refusals.tlsFailed(root) : Printable.of(root));
      context.close();
    }

    private void fail(Reason reason, String text) {
      if (!ended) {
        ended = true;
        listener.failed(reason, text);
      }
    }
  }
}
