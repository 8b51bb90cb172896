package org.mastership.harness.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mastership.harness.processes.GroupWatch;
import org.mastership.harness.processes.ServerStatus;

/**
 * Shows how a demonstration goes: on a terminal one line that is written over and over, elsewhere a
 * line a second.
 */
final class LiveLine implements AutoCloseable {
  private static final String OVERWRITE = "\r\033[K";

  private final PrintWriter out;
  private final GroupWatch watch;
  private final Traffic traffic;
  private final Drill drill;
  private final boolean terminal = isTerminal();
  private final Thread thread = new Thread(this::run, "live-line");
  private final long startNanos = System.nanoTime();
  private volatile boolean closed;

  LiveLine(PrintWriter out, GroupWatch watch, Traffic traffic, Drill drill) {
    this.out = out;
    this.watch = watch;
    this.traffic = traffic;
    this.drill = drill;
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

  void start() {
    thread.start();
  }

  private void run() {
    long period = TimeUnit.MILLISECONDS.toNanos(terminal ? 200 : 1_000);
    long lastNanos = System.nanoTime();
    long lastAnswered = traffic.counts().answered();
    while (!closed) {
      LockSupport.parkNanos(period);
      long now = System.nanoTime();
      long answered = traffic.counts().answered();
      double rate = (answered - lastAnswered) * 1e9 / (now - lastNanos);
      String line = text((now - startNanos) / 1e9, watch.master(), rate);
      out.print(terminal ? OVERWRITE + line : line + System.lineSeparator());
      out.flush();
      lastNanos = now;
      lastAnswered = answered;
    }
  }

  private String text(double seconds, Optional<ServerStatus> master, double rate) {
    List<Failover> failovers = drill.failovers();
    String last =
        failovers.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                "   failover %d: %.0f ms",
                failovers.size(),
                failovers.get(failovers.size() - 1).millis());
    return String.format(
        Locale.ROOT,
        "%5.0f s   master %-4s epoch %-8s %,7.0f requests/s%s",
        seconds,
        master.map(ServerStatus::name).orElse("none"),
        master.map(ServerStatus::epoch).orElse("-"),
        rate,
        last);
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
