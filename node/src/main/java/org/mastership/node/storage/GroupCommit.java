package org.mastership.node.storage;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.mastership.core.Epoch;
import org.mastership.core.Run;

/**
 * Writes to stable storage on a thread of its own: everything that waits goes with one force, and
 * at once when nothing else is under way. The methods never block; one thread calls them. After a
 * failure nothing more is written, and no later ticket is ever reported as persisted.
 */
public final class GroupCommit implements AutoCloseable {

  private interface Write {
    void to(StableStorage storage) throws StorageException;
  }

  private record Ticketed(long ticket, Write write) {}

  private final StableStorage storage;
  private final Runnable forced;
  private final LongConsumer persisted;
  private final Consumer<StorageException> failed;
  private final Queue<Ticketed> waiting = new ConcurrentLinkedQueue<>();
  private final Thread writer;
  private final ExecutorService reader;
  private final AtomicBoolean hasFailed = new AtomicBoolean();
  private volatile boolean idle;
  private volatile boolean closed;

  /**
   * Starts the thread.
   *
   * @param storage what to write to
   * @param forced is called after each force, by the writing thread, before anybody is told
   * @param persisted is given the highest ticket on stable storage, by the writing thread
   * @param failed is told once that storage can not go on, by the writing or the reading thread
   */
  public GroupCommit(
      StableStorage storage,
      Runnable forced,
      LongConsumer persisted,
      Consumer<StorageException> failed) {
    this.storage = storage;
    this.forced = forced;
    this.persisted = persisted;
    this.failed = failed;
    this.writer = daemon(this::run, "storage-writer");
    this.reader = Executors.newSingleThreadExecutor(task -> daemon(task, "storage-reader"));
    writer.start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Stores the highest epoch. */
  public void storeEpoch(long ticket, Epoch epoch) {
    add(ticket, to -> to.storeEpoch(epoch));
  }

  /** Appends entries with their bytes. */
  public void append(long ticket, Run run, List<ByteString> payloads) {
    add(ticket, to -> to.append(run, payloads));
  }

  /** Removes the entries after a sequence. */
  public void cut(long ticket, long after) {
    add(ticket, to -> to.cut(after));
  }

  /** Puts a snapshot that has arrived in the place of all entries. */
  public void compact(long ticket, Snapshot snapshot) {
    add(ticket, to -> to.compact(snapshot));
  }

  /** Puts a snapshot in the place of executed entries: nothing waits for that. */
  public void compact(Snapshot snapshot) {
    add(0, to -> to.compact(snapshot));
  }

  /**
   * Reads forced entries on a thread of its own.
   *
   * @param done is given their bytes, by that thread; none where a snapshot has taken their place
   */
  public void read(long first, long last, int mostBytes, Consumer<List<ByteString>> done) {
    try {
      reader.execute(
          () -> {
            try {
              done.accept(storage.read(first, last, mostBytes));
            } catch (StorageException e) {
              fail(e);
            }
          });
    } catch (RejectedExecutionException e) {
      closed = true;
    }
  }

  private void add(long ticket, Write write) {
    waiting.add(new Ticketed(ticket, write));
    if (idle) {
      LockSupport.unpark(writer);
    }
  }

  private void run() {
    try {
      while (!closed) {
        if (waiting.isEmpty()) {
          await();
        } else {
          writeAllWaiting();
        }
      }
    } catch (StorageException e) {
      fail(e);
    } catch (RuntimeException | Error e) {
      fail(new StorageException("the storage thread failed: " + e, e));
    }
  }

  private void fail(StorageException e) {
    closed = true;
    if (!hasFailed.getAndSet(true)) {
      failed.accept(e);
    }
  }

  private void await() {
    idle = true;
    if (waiting.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    idle = false;
  }

  private void writeAllWaiting() throws StorageException {
    long last = 0;
    for (Ticketed next = waiting.poll(); next != null; next = waiting.poll()) {
      next.write().to(storage);
      last = Math.max(last, next.ticket());
    }
    storage.force();
    forced.run();
    if (last > 0) {
      persisted.accept(last);
    }
  }

  /** Ends the threads; what still waits is not written or read. Storage can be closed then. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(writer);
    reader.shutdownNow();
    try {
      writer.join();
      reader.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
