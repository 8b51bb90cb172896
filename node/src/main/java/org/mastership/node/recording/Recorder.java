package org.mastership.node.recording;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Input;
import org.mastership.core.State;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.recording.RecordingFormat.Header;
import org.mastership.node.recording.RecordingFormat.Recorded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what a server was given, so that it can be run through the protocol again. It takes a
 * bounded room on disk and in memory. Each segment begins with the state before its first input;
 * where inputs come faster than they can be written, some are left out, and a new segment that says
 * so begins after the gap.
 */
public final class Recorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final int MOST_WAITING = 1 << 16;
  private static final int BLOCK_BYTES = 16 << 10;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private record Waiting(State before, Recorded recorded, boolean afterGap) {}

  private record Segment(BlockOutput blocks, SequenceWriter values) {}

  private final int number;
  private final GroupConfiguration group;
  private final Segments segments;
  private final int mostWaiting;
  private final ObjectMapper mapper = RecordingFormat.smile();
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final Thread writer;
  private volatile boolean closed;
  private boolean gap;
  private @Nullable Segment segment;

  Recorder(String name, int number, GroupConfiguration group, Segments segments, int mostWaiting) {
    this.number = number;
    this.group = group;
    this.segments = segments;
    this.mostWaiting = mostWaiting;
    this.writer = new Thread(this::run, "recorder-" + name);
    writer.setDaemon(true);
  }

  /** Starts recording into the server's data folder, or nothing where the configuration says so. */
  public static Recorder open(ServerConfiguration configuration) {
    long mostBytes = configuration.limits().mostRecordedBytes();
    Recorder recorder =
        new Recorder(
            configuration.name(),
            configuration.self().number(),
            configuration.protocol(),
            new Segments(configuration.data().resolve("recording"), mostBytes),
            MOST_WAITING);
    if (mostBytes == 0) {
      recorder.closed = true;
    } else {
      recorder.start();
    }
    return recorder;
  }

  /** Begins to write. */
  void start() {
    writer.start();
  }

  /**
   * Records one input; never blocks, for one thread.
   *
   * @param before the state that the input finds
   * @param nowNanos the clock that it is given with
   */
  public void record(State before, long nowNanos, Input input) {
    if (closed) {
      return;
    }
    if (waitingCount.get() >= mostWaiting) {
      gap = true;
      return;
    }
    waitingCount.incrementAndGet();
    waiting.add(new Waiting(before, new Recorded(nowNanos, input), gap));
    gap = false;
  }

  /** Whether nothing waits to be written. */
  boolean isIdle() {
    return waitingCount.get() == 0;
  }

  private void run() {
    try {
      while (!closed) {
        writeWaiting();
        LockSupport.parkNanos(this, PAUSE_NANOS);
      }
      writeWaiting();
      end();
    } catch (IOException | RuntimeException e) {
      closed = true;
      waiting.clear();
      LOG.warn("inputs are no longer recorded: {}; the server goes on", e.toString());
      abandon();
    }
  }

  /** Lets the file go that could not be written. */
  private void abandon() {
    if (segment != null) {
      try {
        segment.blocks().close();
      } catch (IOException e) {
        LOG.debug("closed without what could not be written: {}", e.toString());
      }
      segment = null;
    }
  }

  private void writeWaiting() throws IOException {
    for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
      waitingCount.decrementAndGet();
      write(next);
    }
    if (segment != null) {
      segment.values().flush();
    }
  }

  private void write(Waiting next) throws IOException {
    Segment open = segment;
    if (next.afterGap()) {
      LOG.warn("some inputs were not recorded, since they came faster than they could be written");
      open = begin(Beginning.AFTER_GAP, next.before());
    } else if (open == null) {
      open = begin(Beginning.START, next.before());
    } else if (open.blocks().size() >= segments.mostBytesOfOne()) {
      open = begin(Beginning.CONTINUED, next.before());
    }
    open.values().write(next.recorded());
    if (open.blocks().waiting() >= BLOCK_BYTES) {
      open.values().flush();
    }
  }

  private Segment begin(Beginning beginning, State before) throws IOException {
    end();
    BlockOutput blocks = BlockOutput.create(segments.next());
    Segment begun = new Segment(blocks, mapper.writer().writeValues(blocks));
    begun.values().write(new Header(number, group, beginning, before));
    segment = begun;
    return begun;
  }

  private void end() throws IOException {
    if (segment != null) {
      segment.values().close();
      segment = null;
    }
  }

  /** Writes what still waits, and ends. */
  @Override
  public void close() {
    closed = true;
    if (writer.getState() == Thread.State.NEW) {
      return;
    }
    LockSupport.unpark(writer);
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
