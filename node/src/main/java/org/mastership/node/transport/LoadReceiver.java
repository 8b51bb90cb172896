package org.mastership.node.transport;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mastership.node.wire.LoadReceived;
import org.mastership.node.wire.LoadSent;

/**
 * The receiving end of a measurement of bandwidth. It counts from the end of the first burst on:
 * how long that one took to arrive nobody knows.
 */
final class LoadReceiver extends SimpleChannelInboundHandler<LoadSent> {
  private final Refusals refusals;
  private final long begunNanos = System.nanoTime();
  private @Nullable Future<?> timeout;
  private long bytes;
  private long firstBurstBytes;
  private long firstBurstNanos;

  LoadReceiver(Refusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    timeout =
        context.executor().schedule(() -> context.close(), Load.MOST_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (timeout != null) {
      timeout.cancel(false);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, LoadSent sent) {
    if (!context.channel().isActive()) {
      return;
    }
    bytes += sent.getContent().size();
    if (bytes > Load.MOST_BYTES) {
      refusals.cutOff(context.channel(), Refusals.Reason.MALFORMED, "more load than is measured");
    } else if (sent.getLast()) {
      context.writeAndFlush(received()).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private LoadReceived received() {
    long now = System.nanoTime();
    boolean inBursts = bytes - firstBurstBytes >= bytes / 2 && firstBurstBytes > 0;
    return LoadReceived.newBuilder()
        .setBytes(inBursts ? bytes - firstBurstBytes : bytes)
        .setNanos(Math.max(1, now - (inBursts ? firstBurstNanos : begunNanos)))
        .build();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (firstBurstBytes == 0 && bytes > 0) {
      firstBurstBytes = bytes;
      firstBurstNanos = System.nanoTime();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    refusals.cutOff(context.channel(), cause);
  }
}
