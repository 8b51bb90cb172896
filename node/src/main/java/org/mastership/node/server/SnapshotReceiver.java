package org.mastership.node.server;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Position;
import org.mastership.node.storage.ReceivedSnapshot;
import org.mastership.node.storage.Snapshot;
import org.mastership.node.storage.SnapshotDamagedException;
import org.mastership.node.storage.SnapshotFolder;
import org.mastership.node.transport.Transport;
import org.mastership.node.wire.SnapshotPart;
import org.mastership.node.wire.SnapshotWanted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives one snapshot at a time, and goes on with it where it was interrupted as long as this
 * server lives. What is not whole, checked and on stable storage is never given out. The fields but
 * {@code whole} belong to the disk's thread.
 */
final class SnapshotReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotReceiver.class);

  /**
   * How long nothing is kept after a failure, so that a full disk is not tried in vain for ever.
   */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final SnapshotFolder folder;
  private final Transport transport;
  private final EventLoop loop;
  private final Executor disk;
  private @Nullable ReceivedSnapshot arriving;
  private @Nullable Snapshot finished;
  private boolean failed;
  private long failedNanos;

  /** For the event loop. */
  private @Nullable Snapshot whole;

  SnapshotReceiver(SnapshotFolder folder, Transport transport, EventLoop loop, Executor disk) {
    this.folder = folder;
    this.transport = transport;
    this.loop = loop;
    this.disk = disk;
  }

  /** A part came; on the event loop. */
  void received(int peer, SnapshotPart part) {
    disk.execute(() -> write(peer, part));
  }

  /** The whole snapshot that ends with an entry, null if it has not arrived; on the event loop. */
  @Nullable Snapshot whole(Position end) {
    return whole != null && whole.end().equals(end) ? whole : null;
  }

  /** The whole snapshot is in use from now on, and not this class's any more; on the event loop. */
  void taken() {
    whole = null;
    disk.execute(() -> finished = null);
  }

  private void write(int peer, SnapshotPart part) {
    try {
      long held = hold(part);
      if (held >= 0) {
        answer(peer, new SnapshotWanted(part.end(), held));
      }
    } catch (IOException | SnapshotDamagedException e) {
      LOG.error(
          "the snapshot {} of server {} can not be kept: {}; another attempt follows in {} s",
          part.end(),
          peer,
          e.toString(),
          TimeUnit.NANOSECONDS.toSeconds(PAUSE_NANOS));
      abandon();
      failedNanos = System.nanoTime();
      failed = true;
    }
  }

  /** How much of the snapshot is here after this part; negative if the part is of no use. */
  private long hold(SnapshotPart part) throws IOException, SnapshotDamagedException {
    if (failed && System.nanoTime() - failedNanos < PAUSE_NANOS) {
      return -1;
    }
    failed = false;
    if (finished != null && finished.end().equals(part.end())) {
      return finished.bytes();
    }
    if (arriving == null || !arriving.end().equals(part.end())) {
      if (!part.content().isEmpty()) {
        return -1;
      }
      begin(part);
    }
    ReceivedSnapshot to = arriving;
    if (to == null || to.bytes() != part.length()) {
      abandon();
      return -1;
    }
    to.add(part.offset(), part.content());
    if (to.written() < to.bytes()) {
      return to.written();
    }
    finish(to);
    return to.bytes();
  }

  private void begin(SnapshotPart part) throws IOException {
    abandon();
    discardFinished();
    LOG.info("a snapshot {} of {} bytes begins to arrive", part.end(), part.length());
    arriving = folder.receive(part.end(), part.length());
  }

  /** What arrived whole and was never used makes room for the next. */
  private void discardFinished() throws IOException {
    if (finished != null) {
      folder.delete(finished);
      finished = null;
      loop.execute(() -> whole = null);
    }
  }

  private void finish(ReceivedSnapshot arrived) throws IOException, SnapshotDamagedException {
    Snapshot checked = arrived.finish();
    arriving = null;
    finished = checked;
    loop.execute(() -> whole = checked);
  }

  private void answer(int peer, SnapshotWanted wanted) {
    loop.execute(
        () -> {
          transport.send(peer, wanted);
          transport.flush();
        });
  }

  private void abandon() {
    ReceivedSnapshot unfinished = arriving;
    arriving = null;
    if (unfinished != null) {
      try {
        unfinished.close();
      } catch (IOException e) {
        LOG.warn("what arrived of a snapshot stays until the next start: {}", e.toString());
      }
    }
  }

  /** Lets go of what has not arrived whole; once the disk's thread has ended. */
  void close() {
    abandon();
  }
}
