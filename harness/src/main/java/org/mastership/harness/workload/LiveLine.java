package org.mastership.harness.workload;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mastership.harness.processes.GroupWatch;
import org.mastership.harness.processes.ServerStatus;

/**
 * Shows how a group does: on a terminal one line that is written over and over, elsewhere a line a
 * second.
 */
public final class LiveLine implements AutoCloseable {
  private static final String OVERWRITE = "\r\033[K";

  private final PrintWriter out;
  private final GroupWatch watch;
  private final LongSupplier answered;
  private final Supplier<String> note;
  private final boolean terminal = isTerminal();
  private final Thread thread = new Thread(this::run, "live-line");
  private final long startNanos = System.nanoTime();
  private volatile boolean closed;

  /**
   * Shows nothing yet.
   *
   * @param answered how many operations had a result so far
   * @param note what else there is to say at a moment
   */
  public LiveLine(PrintWriter out, GroupWatch watch, LongSupplier answered, Supplier<String> note) {
    this.out = out;
    this.watch = watch;
    this.answered = answered;
    this.note = note;
    thread.setDaemon(true);
  }

  private static boolean isTerminal() {
    try {
      Path output = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
      return output.startsWith("/dev/pts") || output.startsWith("/dev/tty");
    } catch (IOException e) {
      return false; // no Linux: a line a second does no harm
    }
  }

  /** Begins to show. */
  public void start() {
    thread.start();
  }

  private void run() {
    long period = TimeUnit.MILLISECONDS.toNanos(terminal ? 200 : 1_000);
    long lastNanos = System.nanoTime();
    long lastAnswered = answered.getAsLong();
    while (!closed) {
      LockSupport.parkNanos(period);
      long now = System.nanoTime();
      long nowAnswered = answered.getAsLong();
      double rate = (nowAnswered - lastAnswered) * 1e9 / (now - lastNanos);
      String line = text((now - startNanos) / 1e9, watch.master(), rate);
      out.print(terminal ? OVERWRITE + line : line + System.lineSeparator());
      out.flush();
      lastNanos = now;
      lastAnswered = nowAnswered;
    }
  }

  private String text(double seconds, Optional<ServerStatus> master, double rate) {
    return String.format(
        Locale.ROOT,
        "%5.0f s   master %-4s epoch %-8s %,7.0f requests/s%s",
        seconds,
        master.map(ServerStatus::name).orElse("none"),
        master.map(ServerStatus::epoch).orElse("-"),
        rate,
        note.get());
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (terminal) {
      out.print(OVERWRITE);
    }
  }
}
