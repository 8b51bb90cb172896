package org.mastership.harness.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Threads, each of which does one thing again and again. One thread at a time starts and ends. */
final class Askers {
  /**
   * How long a client thinks between an answer and its next question: a machine whose disks and
   * cores are busy to the last measures how they are shared out, not how a failover goes.
   */
  private static final long THINKING_NANOS = 27_000_000;

  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean stopped;

  /** One more, which starts at once. */
  void start(Runnable asksOnce) {
    Thread thread = new Thread(() -> ask(asksOnce), "client-" + (threads.size() + 1));
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((where, what) -> failure.compareAndSet(null, what));
    threads.add(thread);
    thread.start();
  }

  private void ask(Runnable asksOnce) {
    while (!stopped) {
      asksOnce.run();
      LockSupport.parkNanos(THINKING_NANOS);
    }
  }

  /** None begins anything new. */
  void stop() {
    stopped = true;
  }

  /**
   * Lets all end what they have begun.
   *
   * @throws ClientFailure if one could not go on
   */
  void finish() throws InterruptedException {
    stop();
    for (Thread thread : threads) {
      thread.join();
    }
    Throwable failed = failure.get();
    if (failed != null) {
      throw new ClientFailure(failed);
    }
  }
}
