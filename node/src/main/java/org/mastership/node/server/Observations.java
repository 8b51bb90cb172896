package org.mastership.node.server;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks {@link Mastership#fencingToken} over and over and writes each answer to a file between two
 * readings of the clock, so that the answers of several servers of one machine can be compared.
 */
public final class Observations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Observations.class);
  private static final long PAUSE_NANOS = 2_000_000;
  private static final int LINES_A_FLUSH = 20;

  private final Mastership mastership;
  private final Path file;
  private final Thread thread;
  private volatile boolean closed;

  private Observations(Mastership mastership, Path file) {
    this.mastership = mastership;
    this.file = file;
    this.thread = new Thread(this::run, "observations");
    thread.setDaemon(true);
  }

  /** Starts a thread that observes. */
  public static Observations start(Mastership mastership, Path file) {
    Observations observations = new Observations(mastership, file);
    observations.thread.start();
    return observations;
  }

  private void run() {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      while (!closed) {
        for (int i = 0; i < LINES_A_FLUSH; i++) {
          long before = System.nanoTime();
          long token = mastership.fencingToken();
          long after = System.nanoTime();
          writer.write(before + " " + after + " " + token + "\n");
          LockSupport.parkNanos(PAUSE_NANOS);
        }
        writer.flush();
      }
    } catch (IOException e) {
      LOG.warn("observations are no longer written to {}: {}", file, e.toString());
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
