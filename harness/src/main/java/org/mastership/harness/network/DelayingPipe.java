package org.mastership.harness.network;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private long latestNanos = System.nanoTime();
  private int waitingBytes;
  private boolean timed;

  DelayingPipe(Channel to, Supplier<LinkState> link) {
    this.to = to;
    this.link = link;
  }

  /**
   * What is to be done, and when at the earliest.
   *
   * @param dueNanos not before the one that waits ahead of it
   */
  private record Waiting(long dueNanos, Runnable task) {}

  /** Keeps a copy, which needs no release where the relay is closed while it waits. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf read = (ByteBuf) message;
    ByteBuf bytes = Unpooled.copiedBuffer(read);
    read.release();
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

  private void afterDelay(ChannelHandlerContext context, Runnable task) {
    long due = System.nanoTime() + link.get().delay().drawNanos(random);
    latestNanos = Math.max(latestNanos, due);
    waiting.add(new Waiting(latestNanos, task));
    awaitFirst(context);
  }

  private void awaitFirst(ChannelHandlerContext context) {
    Waiting first = waiting.peek();
    if (first != null && !timed) {
      wake(context, first.dueNanos - System.nanoTime());
    }
  }

  private void wake(ChannelHandlerContext context, long nanos) {
    timed = true;
    context.executor().schedule(() -> runDue(context), nanos, TimeUnit.NANOSECONDS);
  }

  /** What comes to a link that is cut waits until it is healed. */
  private void runDue(ChannelHandlerContext context) {
    if (link.get().cut()) {
      wake(context, LOOK_NANOS);
      return;
    }
    long now = System.nanoTime();
    for (Waiting first = waiting.peek(); isDue(first, now); first = waiting.peek()) {
      waiting.remove().task.run();
    }
    timed = false;
    awaitFirst(context);
  }

  private static boolean isDue(@Nullable Waiting first, long now) {
    return first != null && first.dueNanos - now <= 0;
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
