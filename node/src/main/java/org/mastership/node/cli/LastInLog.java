package org.mastership.node.cli;

import ch.qos.logback.core.hook.ShutdownHookBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Ends the log with the process, but after what has still something to say: Java ends all at the
 * same time. Public for the configuration of the log, which makes it by its name.
 */
public final class LastInLog extends ShutdownHookBase {
  private static final Queue<CountDownLatch> WAITED_FOR = new ConcurrentLinkedQueue<>();

  /**
   * Has something done when the process ends, all of whose lines are to be in the log.
   *
   * @return the thread that will do it
   */
  static Thread before(Runnable last) {
    CountDownLatch done = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                last.run();
              } finally {
                done.countDown();
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(thread);
    WAITED_FOR.add(done);
    return thread;
  }

  @Override
  public void run() {
    try {
      for (CountDownLatch done : WAITED_FOR) {
        done.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop();
  }
}
