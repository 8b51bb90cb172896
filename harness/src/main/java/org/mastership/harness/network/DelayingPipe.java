package org.mastership.harness.network;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Passes what it reads on to another channel of the same event loop, later and in order. What waits
 * is bounded: beyond it nothing more is read. The end of a connection waits like everything else.
 */
final class DelayingPipe extends ChannelInboundHandlerAdapter {
  private static final int MOST_WAITING_BYTES = 8 << 20;

  /** How often is looked whether a link is healed. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Channel to;
  private final Supplier<LinkState> link;
  private final Random random = new Random();
  private long latestNanos = System.nanoTime();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int waitingBytes;

  DelayingPipe(Channel to, Supplier<LinkState> link) {
    this.to = to;
    this.link = link;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    waitingBytes += bytes.readableBytes();
    context.channel().config().setAutoRead(waitingBytes < MOST_WAITING_BYTES);
    afterDelay(context, () -> pass(context, bytes));
  }

  private void pass(ChannelHandlerContext context, ByteBuf bytes) {
    int size = bytes.readableBytes();
    to.writeAndFlush(bytes)
        .addListener(
            written -> {
              waitingBytes -= size;
              context.channel().config().setAutoRead(waitingBytes < MOST_WAITING_BYTES);
            });
  }

  /** Runs after all that was read before: a timer runs what is first in line, not its own task. */
  private void afterDelay(ChannelHandlerContext context, Runnable task) {
    long now = System.nanoTime();
    long due = now + link.get().delay().drawNanos(random);
    latestNanos = Math.max(latestNanos, due);
    waiting.add(task);
    context.executor().schedule(() -> runNext(context), latestNanos - now, TimeUnit.NANOSECONDS);
  }

  /** What comes to a link that is cut waits until it is healed. */
  private void runNext(ChannelHandlerContext context) {
    if (link.get().cut()) {
      context.executor().schedule(() -> runNext(context), LOOK_NANOS, TimeUnit.NANOSECONDS);
    } else {
      waiting.remove().run();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    afterDelay(context, to::close);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
