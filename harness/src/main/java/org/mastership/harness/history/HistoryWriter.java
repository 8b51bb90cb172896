package org.mastership.harness.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Writes a history while it happens. Safe for use by any thread: a question is written before it is
 * asked and an answer after it came, so the order of the lines is one that real time allows. What
 * was written more than {@value #FLUSH_NANOS} ns before the newest line survives the end of this
 * process.
 */
public final class HistoryWriter implements AutoCloseable {
  static final long FLUSH_NANOS = 100_000_000;

  private final EventWriter out;
  private final LongSupplier clock;
  private final AtomicLong events = new AtomicLong();
  private long flushedNanos;

  /**
   * Starts a history in a new file.
   *
   * @throws IOException if the file can not be written
   */
  public HistoryWriter(Path file) throws IOException {
    this(file, System::nanoTime);
  }

  /**
   * Starts a history of another time in a new file.
   *
   * @param clock in ns, for all processes
   * @throws IOException if the file can not be written
   */
  public HistoryWriter(Path file, LongSupplier clock) throws IOException {
    this.out = new EventWriter(file);
    this.clock = clock;
    this.flushedNanos = clock.getAsLong();
  }

  /** A process is about to ask. */
  public void invoke(long process, String f, String key, JsonNode argument) {
    write(process, Event.Type.INVOKE, f, key, argument);
  }

  /** A process was answered. */
  public void ok(long process, String f, String key, JsonNode result) {
    write(process, Event.Type.OK, f, key, result);
  }

  /** A process knows that its question had no effect. */
  public void fail(long process, String f, String key) {
    write(process, Event.Type.FAIL, f, key, NullNode.getInstance());
  }

  /** A process gives up waiting. */
  public void info(long process, String f, String key) {
    write(process, Event.Type.INFO, f, key, NullNode.getInstance());
  }

  /** How many lines were written. */
  public long events() {
    return events.get();
  }

  private synchronized void write(
      long process, Event.Type type, String f, String key, JsonNode value) {
    long now = clock.getAsLong();
    try {
      out.write(new Event(process, type, f, key, value, now));
      if (now - flushedNanos > FLUSH_NANOS) {
        out.flush();
        flushedNanos = now;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the history can not be written: " + e.getMessage(), e);
    }
    events.incrementAndGet();
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
