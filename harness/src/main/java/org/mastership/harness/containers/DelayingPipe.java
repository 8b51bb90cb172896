package org.mastership.harness.containers;

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
 * is bounded: beyond it nothing more is read.
 */
final class DelayingPipe extends ChannelInboundHandlerAdapter {
  private static final int MOST_WAITING_BYTES = 8 << 20;

  private final Channel to;
  private final Supplier<Delay> delay;
  private final Random random = new Random();
  private long latestNanos = System.nanoTime();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int waitingBytes;

  DelayingPipe(Channel to, Supplier<Delay> delay) {
    this.to = to;
    this.delay = delay;
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
    long due = now + delay.get().drawNanos(random);
    latestNanos = Math.max(latestNanos, due);
    waiting.add(task);
    context
        .executor()
        .schedule(() -> waiting.remove().run(), latestNanos - now, TimeUnit.NANOSECONDS);
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
