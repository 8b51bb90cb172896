package org.mastership.harness.simulation;

import java.util.PriorityQueue;

/** Virtual time and what is to happen in it; what is due at one time happens in the order given. */
final class Schedule {
  private record Event(long atNanos, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(atNanos, other.atNanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /** More events than these at one instant are an endless loop. */
  private static final int MOST_AT_ONCE = 10_000;

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long order;
  private long now;

  long now() {
    return now;
  }

  void at(long nanos, Runnable action) {
    events.add(new Event(Math.max(nanos, now), order++, action));
  }

  void after(long nanos, Runnable action) {
    at(now + nanos, action);
  }

  /** Lets everything happen that is due until a time. */
  void runUntil(long nanos) {
    int atOnce = 0;
    while (!events.isEmpty() && events.peek().atNanos() <= nanos) {
      Event next = events.poll();
      atOnce = next.atNanos() > now ? 0 : atOnce + 1;
      if (atOnce > MOST_AT_ONCE) {
        throw new Broken("time stands still: something is due again and again");
      }
      now = next.atNanos();
      next.action().run();
    }
    now = Math.max(now, nanos);
  }
}
