package org.mastership.node.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Rings when the next deadline has come. After a pause of the whole process what was received
 * meanwhile is looked at first, so that a pause is not taken for the failure of another server. For
 * the event loop only.
 */
final class Alarm {
  private final EventLoop loop;
  private final LongSupplier clock;
  private final long pauseNanos;
  private final Runnable rings;
  private @Nullable Future<?> timer;
  private long atNanos = Long.MAX_VALUE;
  private boolean late;

  /**
   * @param pauseNanos whoever wakes so much later than asked was paused
   * @param rings is called once for each alarm
   */
  Alarm(EventLoop loop, LongSupplier clock, long pauseNanos, Runnable rings) {
    this.loop = loop;
    this.clock = clock;
    this.pauseNanos = pauseNanos;
    this.rings = rings;
  }

  /** Rings at this time at the latest; an earlier alarm that was asked for stays. */
  void setFor(long nanos) {
    if (nanos < atNanos) {
      cancel();
      atNanos = nanos;
      timer = loop.schedule(this::wake, nanos - clock.getAsLong(), TimeUnit.NANOSECONDS);
    }
  }

  void cancel() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void wake() {
    long now = clock.getAsLong();
    boolean wasLate = now - atNanos > pauseNanos;
    if (wasLate && !late) {
      late = true;
      atNanos = now;
      timer = loop.schedule(this::wake, 1, TimeUnit.MILLISECONDS);
      return;
    }
    timer = null;
    atNanos = Long.MAX_VALUE;
    late = false;
    rings.run();
  }
}
