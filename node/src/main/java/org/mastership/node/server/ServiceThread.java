package org.mastership.node.server;

import com.google.protobuf.ByteString;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.mastership.node.service.Outcome;
import org.mastership.node.service.ReplicatedState;
import org.mastership.node.storage.Snapshot;
import org.mastership.node.storage.SnapshotDamagedException;
import org.mastership.node.storage.SnapshotFolder;
import org.mastership.node.storage.StableStorage;
import org.mastership.node.storage.StorageException;

/**
 * Runs the service on a thread of its own: committed entries in order, and reads between them. Its
 * results go back to the event loop, those of all tasks that were waiting in one go.
 */
final class ServiceThread implements AutoCloseable {
  private static final int READ_BYTES = 1 << 20;
  private static final int MOST_RESULTS_AT_ONCE = 1024;

  /** What the event loop is told. */
  interface Results {
    /** Entries were executed, up to the last of them. */
    void executed(List<Result> results);

    /** Reads were evaluated, in the order in which they were given. */
    void queried(List<Answer> answers);

    /** A snapshot was made after an entry; its bytes may be asked for by any one thread. */
    void snapshotMade(long generation, long sequence, Supplier<ByteString> content);

    /** The service could not make a snapshot. */
    void snapshotFailed(RuntimeException cause);

    /** The entries could not be read from storage, or the service thread died. */
    void failed(Throwable cause);
  }

  /** The outcome of one entry; {@code generation} counts the rewinds before it. */
  record Result(long generation, long sequence, long digest, Outcome outcome) {}

  /** The answer to one read; {@code read} is what was given with it. */
  record Answer(Read read, Outcome outcome) {}

  /** A client's read. */
  record Read(long tenure, ClientDesk.Caller caller, ByteString operation) {}

  private final ReplicatedState state;
  private final StableStorage storage;
  private final EventLoop loop;
  private final Results results;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Thread thread;
  private List<Result> executed = new ArrayList<>();
  private List<Answer> answers = new ArrayList<>();
  private long generation;

  /** The bytes of the next entry are gone: a later snapshot will be restored. */
  private boolean behind;

  private volatile boolean closed;

  ServiceThread(
      String name, ReplicatedState state, StableStorage storage, EventLoop loop, Results results) {
    this.state = state;
    this.storage = storage;
    this.loop = loop;
    this.results = results;
    this.thread = new Thread(this::run, "service-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Executes entries of which the bytes are at hand. */
  void execute(long first, List<ByteString> payloads) {
    tasks.add(
        () -> {
          long sequence = first;
          for (ByteString payload : payloads) {
            if (!behind) {
              executeOne(sequence++, payload);
            }
          }
        });
  }

  /** Executes entries that are read from storage first. */
  void executeStored(long first, long last) {
    tasks.add(() -> readAndExecute(first, last));
  }

  void query(List<Read> reads) {
    tasks.add(
        () -> {
          for (Read read : reads) {
            answers.add(new Answer(read, state.query(read.operation())));
          }
        });
  }

  /** Brings the service back to its state before any entry. */
  void rewind() {
    tasks.add(
        () -> {
          state.rewind();
          behind = false;
          executed = new ArrayList<>();
          generation++;
        });
  }

  /** Makes a snapshot of the state as it is after all that was given to be executed. */
  void snapshot() {
    tasks.add(
        () -> {
          flush();
          long ofGeneration = generation;
          long sequence = state.sequence();
          try {
            Supplier<ByteString> content = state.snapshotLater();
            loop.execute(() -> results.snapshotMade(ofGeneration, sequence, content));
          } catch (RuntimeException e) {
            loop.execute(() -> results.snapshotFailed(e));
          }
        });
  }

  /** Brings the service to the state of a snapshot, unless it is there already. */
  void restore(Snapshot snapshot) {
    tasks.add(() -> restoreIfBehind(snapshot));
  }

  private void restoreIfBehind(Snapshot snapshot) {
    if (state.sequence() >= snapshot.sequence()) {
      return;
    }
    try {
      state.restore(SnapshotFolder.content(snapshot));
    } catch (NoSuchFileException e) {
      behind = true;
      return;
    } catch (IOException | SnapshotDamagedException e) {
      throw new IllegalStateException("a snapshot can not be used: " + e.getMessage(), e);
    }
    if (state.sequence() != snapshot.sequence()) {
      throw new IllegalStateException(
          "the snapshot " + snapshot.file() + " has the state after entry " + state.sequence());
    }
    behind = false;
    Outcome none = new Outcome.Nothing();
    executed.add(new Result(generation, state.sequence(), state.digest(), none));
  }

  private void executeOne(long sequence, ByteString payload) {
    Outcome outcome = state.execute(sequence, payload);
    executed.add(new Result(generation, sequence, state.digest(), outcome));
    if (executed.size() >= MOST_RESULTS_AT_ONCE) {
      flush();
    }
  }

  private void readAndExecute(long first, long last) {
    long sequence = first;
    while (sequence <= last && !closed && !behind) {
      List<ByteString> payloads;
      try {
        payloads = storage.read(sequence, last, READ_BYTES);
      } catch (StorageException e) {
        throw new IllegalStateException("the log could not be read: " + e.getMessage(), e);
      }
      behind = payloads.isEmpty();
      for (ByteString payload : payloads) {
        executeOne(sequence++, payload);
      }
    }
  }

  private void run() {
    try {
      while (!closed) {
        Runnable task = tasks.take();
        while (task != null) {
          task.run();
          task = tasks.poll();
        }
        flush();
      }
    } catch (InterruptedException e) {
      closed = true;
    } catch (Throwable e) {
      loop.execute(() -> results.failed(e));
    }
  }

  private void flush() {
    List<Result> done = executed;
    List<Answer> evaluated = answers;
    if (done.isEmpty() && evaluated.isEmpty()) {
      return;
    }
    executed = new ArrayList<>();
    answers = new ArrayList<>();
    loop.execute(
        () -> {
          if (!done.isEmpty()) {
            results.executed(done);
          }
          if (!evaluated.isEmpty()) {
            results.queried(evaluated);
          }
        });
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
