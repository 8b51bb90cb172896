package org.mastership.harness.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mastership.node.cli.ExitCodes;

/**
 * Work that Ctrl-C ends: its thread is interrupted, and this process goes on until the work has
 * said what it found until then.
 */
final class Interruptible {
  private static final int MOST_SECONDS_TO_END = 30;

  private Interruptible() {}

  /** Says whether all is clean. */
  @FunctionalInterface
  interface Work {
    boolean isClean() throws IOException, InterruptedException;
  }

  /** Does it on this thread, and says with which status the command ends. */
  static int status(Work work) throws IOException {
    Thread worker = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> interrupt(worker, ended), "interrupt-runs");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      boolean clean = work.isClean();
      if (!Thread.interrupted()) {
        remove(hook);
      }
      return clean ? ExitCodes.OK : ExitCodes.NEGATIVE;
    } catch (InterruptedException e) {
      System.err.println("mastership-harness: interrupted before there was anything to judge");
      return ExitCodes.NEGATIVE;
    } finally {
      ended.countDown();
    }
  }

  /** This process is told to end: the work says first what it has found. */
  private static void interrupt(Thread worker, CountDownLatch ended) {
    worker.interrupt();
    try {
      if (!ended.await(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
        System.err.println("mastership-harness: the run does not end, its verdict is missing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the signal came when all was done
    }
  }
}
