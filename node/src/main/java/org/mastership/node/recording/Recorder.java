package org.mastership.node.recording;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * bounded room on disk: the newest two segments, each of which begins with the state before its
 * first input. What can not be written in time is left out, and a new segment begins after the gap.
 */
public final class Recorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final int SEGMENTS = 2;
  private static final int MOST_WAITING = 1 << 16;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private record Waiting(State before, Recorded recorded) {}

  private final Path folder;
  private final int number;
  private final GroupConfiguration group;
  private final long mostSegmentBytes;
  private final ObjectMapper mapper = RecordingFormat.smile();
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final @Nullable Thread writer;
  private volatile boolean gap;
  private volatile boolean closed;
  private long segment;
  private @Nullable SequenceWriter values;
  private @Nullable Counted bytes;

  private Recorder(ServerConfiguration configuration) {
    this.folder = configuration.data().resolve("recording");
    this.number = configuration.self().number();
    this.group = configuration.protocol();
    this.mostSegmentBytes = configuration.limits().mostRecordedBytes() / SEGMENTS;
    if (mostSegmentBytes == 0) {
      this.writer = null;
    } else {
      this.writer = new Thread(this::run, "recorder-" + configuration.name());
      writer.setDaemon(true);
    }
  }

  /** Starts recording into the server's data folder, or nothing where the configuration says so. */
  public static Recorder open(ServerConfiguration configuration) {
    Recorder recorder = new Recorder(configuration);
    if (recorder.writer != null) {
      recorder.writer.start();
    }
    return recorder;
  }

  /**
   * Records one input; never blocks, for one thread.
   *
   * @param before the state that the input finds
   * @param nowNanos the clock that it is given with
   */
  public void record(State before, long nowNanos, Input input) {
    if (writer == null || closed) {
      return;
    }
    if (waitingCount.get() >= MOST_WAITING) {
      gap = true;
      return;
    }
    waitingCount.incrementAndGet();
    waiting.add(new Waiting(before, new Recorded(nowNanos, input)));
  }

  private void run() {
    try {
      Files.createDirectories(folder);
      segment = firstFreeSegment();
      while (!closed || !waiting.isEmpty()) {
        writeWaiting();
        flush();
        LockSupport.parkNanos(this, PAUSE_NANOS);
      }
      end();
    } catch (IOException e) {
      closed = true;
      waiting.clear();
      LOG.warn("inputs are no longer recorded in {}: {}; the server goes on", folder, e.toString());
    }
  }

  private long firstFreeSegment() throws IOException {
    long free = 1;
    try (var files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        free = Math.max(free, Recording.segmentOf(file) + 1);
      }
    }
    return free;
  }

  private void writeWaiting() throws IOException {
    for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
      waitingCount.decrementAndGet();
      if (values == null || bytes == null || bytes.count >= mostSegmentBytes) {
        begin(next.before());
      }
      if (values != null) {
        values.write(next.recorded());
      }
    }
    if (gap) {
      gap = false;
      LOG.warn("some inputs were not recorded, since they came faster than they could be written");
      end();
    }
  }

  private void begin(State before) throws IOException {
    end();
    Files.deleteIfExists(RecordingFormat.file(folder, segment - SEGMENTS));
    Counted out =
        new Counted(
            new BufferedOutputStream(
                Files.newOutputStream(RecordingFormat.file(folder, segment)), 1 << 16));
    segment++;
    SequenceWriter sequence = mapper.writer().writeValues(out);
    sequence.write(new Header(RecordingFormat.VERSION, number, group, before));
    bytes = out;
    values = sequence;
  }

  private void flush() throws IOException {
    if (values != null) {
      values.flush();
    }
  }

  private void end() throws IOException {
    if (values != null) {
      values.close();
      values = null;
    }
  }

  /** Writes what still waits, and ends. */
  @Override
  public void close() {
    closed = true;
    if (writer != null) {
      LockSupport.unpark(writer);
      try {
        writer.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Counts what goes through it. */
  private static final class Counted extends OutputStream {
    private final OutputStream out;
    private long count;

    Counted(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      count++;
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      count += length;
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
