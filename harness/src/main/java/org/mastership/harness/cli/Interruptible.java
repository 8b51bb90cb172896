package org.mastership.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mastership.harness.run.Run;
import org.mastership.harness.run.RunResult;
import org.mastership.harness.run.RunSettings;
import org.mastership.node.cli.ExitCodes;

/**
 * Runs that Ctrl-C ends: their thread is interrupted, and this process goes on until the work has
 * said what it found until then.
 */
final class Interruptible {
  private static final int MOST_SECONDS_TO_END = 30;

  private final AtomicBoolean signalled = new AtomicBoolean();

  /** Says whether all is clean. */
  @FunctionalInterface
  interface Work {
    boolean isClean() throws IOException, InterruptedException;
  }

  /**
   * Does a run. What fails because its thread was interrupted is no failure of the run, whatever
   * the libraries on the way make of an interrupt.
   */
  RunResult run(RunSettings settings, Path folder, PrintWriter out)
      throws IOException, InterruptedException {
    try {
      return Run.run(settings, folder, out);
    } catch (IOException | RuntimeException e) {
      if (signalled.get()) {
        throw new InterruptedException(e.toString());
      }
      throw e;
    }
  }

  /** Does the work on this thread, and says with which status the command ends. */
  int status(Work work) throws IOException {
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
  private void interrupt(Thread worker, CountDownLatch ended) {
    signalled.set(true);
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
