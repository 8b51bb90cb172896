package org.mastership.node.server;

import com.google.protobuf.ByteString;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Log;
import org.mastership.core.Message;
import org.mastership.core.Position;
import org.mastership.core.State;
import org.mastership.node.storage.Snapshot;
import org.mastership.node.storage.SnapshotFolder;
import org.mastership.node.storage.StableStorage;
import org.mastership.node.transport.Transport;
import org.mastership.node.wire.SnapshotPart;
import org.mastership.node.wire.SnapshotWanted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of one server: which one stands for the beginning of its log, when the next is
 * taken, and those that are sent and received. For the event loop only; a thread of its own reads
 * and writes the files.
 */
final class Snapshots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  /** What an entry takes in storage besides its bytes, about. */
  private static final int OVERHEAD_BYTES = 32;

  private static final long CLOSE_SECONDS = 10;
  private static final int PIECES = 64;
  private static final int LEAST_PIECE_BYTES = 1 << 10;

  /** What uses them: the driver. */
  interface User {
    State state();

    /** How often the service was brought back to its beginning. */
    long generation();

    /** Has the service make a snapshot, which is given to {@link #made} or {@link #notMade}. */
    void make();

    /** Puts a snapshot in the place of what it stands for. */
    void compact(Snapshot snapshot);
  }

  /** Who asked for a snapshot. */
  interface Asker {
    /** A snapshot stands for the entries up to its end; null where nothing was executed yet. */
    void taken(@Nullable Snapshot snapshot);

    void failed(String why);
  }

  private final User user;
  private final long afterBytes;
  private final SnapshotFolder folder;
  private final EventLoop loop;
  private final ExecutorService disk;
  private final SnapshotSender sender;
  private final SnapshotReceiver receiver;
  private final List<Asker> askers = new ArrayList<>();
  private @Nullable Snapshot base;
  private final LogSize size;
  private long dueBytes;
  private boolean taking;

  /**
   * @param afterBytes after how many bytes of log a snapshot is taken; 0 for only when asked
   */
  Snapshots(
      String name,
      User user,
      long afterBytes,
      SnapshotFolder folder,
      StableStorage storage,
      EventLoop loop,
      Transport transport) {
    this.user = user;
    this.afterBytes = afterBytes;
    this.dueBytes = afterBytes;
    this.folder = folder;
    this.loop = loop;
    this.base = storage.snapshot();
    this.size = new LogSize(Math.max(LEAST_PIECE_BYTES, afterBytes / PIECES));
    size.append(storage.recovered().log().lastSequence(), storage.recoveredBytes());
    ThreadPoolExecutor single =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("snapshots-" + name, true),
            new ThreadPoolExecutor.DiscardPolicy());
    this.disk = single;
    this.sender = new SnapshotSender(transport, loop, disk);
    this.receiver = new SnapshotReceiver(folder, transport, loop, disk);
  }

  /** The snapshot that stands for the beginning of the log; null for none. */
  @Nullable Snapshot base() {
    return base;
  }

  /** The sequence up to which a snapshot stands for the log; 0 for none. */
  long baseSequence() {
    return base == null ? 0 : base.sequence();
  }

  /** About how many bytes the log has after the snapshot. */
  long logBytes() {
    return size.bytes();
  }

  /** Entries were appended, up to {@code last}. */
  void appended(long last, List<ByteString> payloads) {
    long bytes = 0;
    for (ByteString payload : payloads) {
      bytes += payload.size() + OVERHEAD_BYTES;
    }
    size.append(last, bytes);
  }

  /** Entries were cut: a snapshot of one of them is no more. */
  void cut(long after) {
    size.cut(after);
    if (after < baseSequence()) {
      base = null;
    }
  }

  /** Takes a snapshot if enough has been executed since the last one. */
  void takeIfDue() {
    if (afterBytes > 0 && !taking && size.reaches(dueBytes, user.state().executed())) {
      take();
    }
  }

  /** Takes a snapshot now, or waits for the one that is being taken. */
  void take(Asker asker) {
    askers.add(asker);
    take();
    if (!taking) {
      tellAskers(each -> each.taken(base));
    }
  }

  private void take() {
    if (!taking && user.state().executed() > baseSequence()) {
      taking = true;
      user.make();
    }
  }

  /** How many wait for a snapshot that they asked for. */
  int asking() {
    return askers.size();
  }

  /** The service has made one after an entry; its content is told by the disk's thread. */
  void made(long generation, long sequence, Supplier<ByteString> content) {
    if (generation != user.generation() || sequence <= baseSequence()) {
      ended();
      return;
    }
    Log log = user.state().log().cut(sequence);
    disk.execute(
        () -> {
          try {
            Snapshot written = folder.write(log, content.get());
            loop.execute(() -> written(written));
          } catch (IOException | RuntimeException e) {
            loop.execute(() -> notMade(e));
          }
        });
  }

  /** The service, or the disk, could not: the server goes on with the log that it has. */
  void notMade(Exception why) {
    LOG.error(
        "no snapshot was taken: {}; the log stays, and grows, until one can be", why.toString());
    taking = false;
    dueBytes = size.bytes() + afterBytes;
    tellAskers(each -> each.failed("no snapshot was taken: " + why));
  }

  private void written(Snapshot snapshot) {
    if (snapshot.sequence() > baseSequence() && user.state().log().contains(snapshot.end())) {
      LOG.info(
          "snapshot {} of {} bytes stands for the log up to it", snapshot.end(), snapshot.bytes());
      size.compact(snapshot.sequence());
      dueBytes = afterBytes;
      base = snapshot;
      user.compact(snapshot);
    } else {
      disk.execute(() -> delete(snapshot));
    }
    ended();
  }

  private void delete(Snapshot snapshot) {
    try {
      folder.delete(snapshot);
    } catch (IOException e) {
      LOG.warn("a snapshot of no use stays until the next start: {}", e.toString());
    }
  }

  private void ended() {
    taking = false;
    tellAskers(each -> each.taken(base));
  }

  private void tellAskers(Consumer<Asker> answer) {
    List<Asker> waiting = new ArrayList<>(askers);
    askers.clear();
    waiting.forEach(answer);
  }

  /** Sends entries whose bytes are those of the snapshot; dropped if it is another one by now. */
  void send(int peer, Message message, Position end) {
    if (base != null && base.end().equals(end)) {
      sender.send(peer, message, base);
    }
  }

  void disconnected(int peer) {
    sender.disconnected(peer);
  }

  void wanted(int peer, SnapshotWanted wanted) {
    sender.wanted(peer, wanted);
  }

  void received(int peer, SnapshotPart part) {
    receiver.received(peer, part);
  }

  /** The snapshot that has arrived with this end; null for none. */
  @Nullable Snapshot arrived(Position end) {
    return receiver.whole(end);
  }

  /** A snapshot that has arrived stands for the whole log from now on. */
  void installed(Snapshot snapshot) {
    receiver.taken();
    base = snapshot;
    size.compact(snapshot.sequence());
    dueBytes = afterBytes;
  }

  /** Nothing is sent any more, and nothing told. */
  void stop() {
    sender.close();
    tellAskers(each -> each.failed("this server has stopped taking part"));
  }

  /** Ends what is under way; not on the event loop, since it waits for the disk. */
  @Override
  public void close() {
    disk.shutdownNow();
    try {
      if (disk.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        receiver.close();
      } else {
        LOG.warn("the disk is slow: what is written of a snapshot stays until the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
