package org.mastership.node.transport;

import com.google.protobuf.ByteString;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.wire.Hello;
import org.mastership.node.wire.LoadReceived;
import org.mastership.node.wire.LoadSent;

/**
 * A measurement of bandwidth: load on a connection of its own, so that nothing else waits behind
 * it, and the other side's word how long it took to arrive. For the event loop only.
 */
final class Load {
  private static final int PIECE_BYTES = 16 << 10;
  private static final int PIECES = 64;

  /** The most that the receiving side takes. */
  static final int MOST_BYTES = PIECES * PIECE_BYTES;

  /** The longest frame of a piece. */
  static final int FRAME_BYTES = PIECE_BYTES + 64;

  static final int MOST_SECONDS = 10;
  private static final double BITS = 8;
  private static final ByteString PIECE = ByteString.copyFrom(new byte[PIECE_BYTES]);

  private Load() {}

  /**
   * Sends load to another server.
   *
   * @param result is told the bits per second; not told anything where the measurement fails
   */
  static void send(
      ServerConfiguration configuration,
      ServerConfiguration.Member peer,
      EventLoop loop,
      Optional<SslContext> tls,
      DoubleConsumer result) {
    Hello hello = Outgoing.hello(configuration, peer).toBuilder().setKind(Hello.Kind.LOAD).build();
    new Dialer(loop, tls, peer.address(), hello)
        .dial(
            new Dialer.Listener() {
              @Override
              public void accepted(Channel channel) {
                Frames.become(
                    channel,
                    Frames.HANDSHAKE_BYTES,
                    LoadReceived.getDefaultInstance(),
                    new Answer(result));
                pour(channel);
              }

              @Override
              public void failed(Dialer.Reason reason, String text) {
                // The connection of the protocol to the same server says so.
              }
            });
  }

  private static void pour(Channel channel) {
    for (int piece = 1; piece <= PIECES; piece++) {
      channel.write(LoadSent.newBuilder().setContent(PIECE).setLast(piece == PIECES).build());
    }
    channel.flush();
    channel.eventLoop().schedule(() -> channel.close(), MOST_SECONDS, TimeUnit.SECONDS);
  }

  /** Hears how long it took. */
  private static final class Answer extends SimpleChannelInboundHandler<LoadReceived> {
    private final DoubleConsumer result;

    Answer(DoubleConsumer result) {
      this.result = result;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, LoadReceived received) {
      if (received.getNanos() > 0 && received.getBytes() > 0) {
        long second = TimeUnit.SECONDS.toNanos(1);
        result.accept(received.getBytes() * BITS * second / received.getNanos());
      }
      context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
