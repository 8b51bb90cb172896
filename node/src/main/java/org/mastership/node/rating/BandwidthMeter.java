package org.mastership.node.rating;

import io.netty.channel.EventLoop;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.mastership.node.transport.Transport;

/**
 * Bandwidth (claim 21): from time to time a server sends another one some load, and is told how
 * long it took to arrive. Each server is tried in turn. The best of the newest results counts: what
 * one of the others takes in slowly is not for want of bandwidth here. For the event loop only.
 */
public final class BandwidthMeter {
  /** What takes in a mebibyte sooner than this is told apart from nothing faster. */
  private static final double MOST_MEGABITS = 1000;

  private static final long LEAST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Transport transport;
  private final EventLoop loop;
  private final LongConsumer rated;
  private final long everyNanos;
  private final int self;
  private final double[] megabits;
  private int next;
  private long rating;

  /**
   * @param everyNanos how often one other server is tried, once all have been
   * @param servers how many there are in the group
   * @param self the number of this one
   * @param rated is told the rating, in Mbit/s, each time that it changes
   */
  public BandwidthMeter(
      Transport transport,
      EventLoop loop,
      long everyNanos,
      int servers,
      int self,
      LongConsumer rated) {
    this.transport = transport;
    this.loop = loop;
    this.everyNanos = everyNanos;
    this.self = self;
    this.rated = rated;
    this.megabits = new double[servers + 1];
  }

  /** Begins to measure, and goes on for as long as the event loop runs. */
  public void start() {
    int peer = next % (megabits.length - 1) + 1;
    next = peer;
    if (peer == self) {
      start();
      return;
    }
    transport.measureBandwidth(
        peer,
        bitsPerSecond -> {
          megabits[peer] = Math.min(MOST_MEGABITS, bitsPerSecond / 1e6);
          rate();
        });
    boolean allTried =
        Arrays.stream(megabits).filter(each -> each > 0).count() >= megabits.length - 2;
    long wait = allTried ? everyNanos : Math.min(everyNanos, LEAST_WAIT_NANOS);
    loop.schedule(this::start, wait, TimeUnit.NANOSECONDS);
  }

  private void rate() {
    double best = Arrays.stream(megabits).max().orElse(0);
    long now = best <= 0 ? 0 : Steps.of(best, rating);
    if (now != rating) {
      rating = now;
      rated.accept(now);
    }
  }
}
