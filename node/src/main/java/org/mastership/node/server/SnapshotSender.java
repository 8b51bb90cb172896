package org.mastership.node.server;

import com.google.protobuf.ByteString;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Message;
import org.mastership.node.storage.Snapshot;
import org.mastership.node.transport.Transport;
import org.mastership.node.wire.SnapshotPart;
import org.mastership.node.wire.SnapshotWanted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends snapshots to servers that are far behind: one at a time to each, a window of parts ahead of
 * what the receiver says it holds, and in the end the message whose entries it carries. Whatever is
 * asked for again meanwhile does not begin anew. For the event loop only; the disk is read by
 * another thread.
 */
final class SnapshotSender {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotSender.class);

  private final Transport transport;
  private final EventLoop loop;
  private final Executor disk;
  private final Map<Integer, Sending> byPeer = new HashMap<>();

  SnapshotSender(Transport transport, EventLoop loop, Executor disk) {
    this.transport = transport;
    this.loop = loop;
    this.disk = disk;
  }

  /**
   * Sends a snapshot, then the message. Where one is under way already, only the message takes the
   * place of the earlier one if the snapshot still fits; a receiver that says nothing is asked
   * again.
   */
  void send(int peer, Message message, Snapshot snapshot) {
    Sending sending = byPeer.get(peer);
    if (sending == null || !sending.goesOnWith(message, snapshot)) {
      begin(peer, message, snapshot);
    } else {
      sending.goOn(message, snapshot);
    }
  }

  private void begin(int peer, Message message, Snapshot snapshot) {
    disconnected(peer);
    Sending sending = new Sending(peer, message, snapshot);
    byPeer.put(peer, sending);
    sending.offer();
  }

  /** The receiver says how much it holds. */
  void wanted(int peer, SnapshotWanted wanted) {
    Sending sending = byPeer.get(peer);
    if (sending != null && sending.snapshot.end().equals(wanted.end())) {
      sending.wanted(wanted.offset());
    }
  }

  /** What was sent is lost; it begins where the receiver says once the protocol sends again. */
  void disconnected(int peer) {
    Sending sending = byPeer.remove(peer);
    if (sending != null) {
      disk.execute(sending::closeFile);
    }
  }

  /** Ends all that is under way. */
  void close() {
    for (int peer : byPeer.keySet().toArray(new Integer[0])) {
      disconnected(peer);
    }
  }

  /** One snapshot on its way to one server. */
  private final class Sending {
    private final int peer;
    private final Snapshot snapshot;
    private Message message;
    private long held;
    private long heldBefore = -1;
    private long sent;
    private boolean answered;
    private boolean reading;

    /** Used by the disk's thread only. */
    private @Nullable FileChannel file;

    Sending(int peer, Message message, Snapshot snapshot) {
      this.peer = peer;
      this.message = message;
      this.snapshot = snapshot;
    }

    /** A later snapshot is not begun while an earlier one makes its way in the same tenure. */
    boolean goesOnWith(Message next, Snapshot newest) {
      return snapshot.equals(newest) || (held > heldBefore && isOfSameTenure(next));
    }

    private boolean isOfSameTenure(Message next) {
      if (message instanceof Message.Entries entries) {
        return next instanceof Message.Entries other && entries.epoch().equals(other.epoch());
      }
      return message instanceof Message.Fetched fetched
          && next instanceof Message.Fetched other
          && fetched.epoch().equals(other.epoch());
    }

    void goOn(Message next, Snapshot newest) {
      if (snapshot.equals(newest)) {
        message = next;
      }
      if (held == heldBefore || !answered) {
        offer();
      }
      heldBefore = held;
    }

    /** Says what is to come; the answer says from where on. */
    void offer() {
      answered = false;
      transport.send(peer, new SnapshotPart(snapshot.end(), snapshot.bytes(), 0, ByteString.EMPTY));
    }

    void wanted(long offset) {
      if (offset > snapshot.bytes()) {
        return;
      }
      if (!answered) {
        answered = true;
        sent = offset;
      }
      held = offset;
      if (held == snapshot.bytes()) {
        transport.sendAfterSnapshot(peer, message);
        LOG.info("snapshot {} was sent to server {}", snapshot.file().getFileName(), peer);
        disconnected(peer);
      } else {
        readNext();
      }
    }

    private void readNext() {
      if (reading || sent >= snapshot.bytes() || sent - held >= SnapshotPart.WINDOW_BYTES) {
        return;
      }
      reading = true;
      long offset = sent;
      disk.execute(
          () -> {
            ByteString content = read(offset);
            loop.execute(() -> haveRead(offset, content));
          });
    }

    private void haveRead(long offset, @Nullable ByteString content) {
      reading = false;
      if (byPeer.get(peer) != this) {
        return;
      }
      if (content == null) {
        disconnected(peer);
      } else if (offset == sent) {
        sent = offset + content.size();
        transport.send(peer, new SnapshotPart(snapshot.end(), snapshot.bytes(), offset, content));
        transport.flush();
        readNext();
      } else {
        readNext();
      }
    }

    /** A part of the file; null where a later snapshot has taken its place. */
    private @Nullable ByteString read(long offset) {
      try {
        if (file == null) {
          file = FileChannel.open(snapshot.file(), StandardOpenOption.READ);
        }
        long left = snapshot.bytes() - offset;
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(left, SnapshotPart.MOST_BYTES));
        while (part.hasRemaining() && file.read(part, offset + part.position()) >= 0) {
          // Reads until the part is full.
        }
        return part.hasRemaining() ? null : ByteString.copyFrom(part.flip());
      } catch (IOException e) {
        LOG.info("snapshot {} is not sent any further: {}", snapshot.file(), e.toString());
        return null;
      }
    }

    private void closeFile() {
      try {
        if (file != null) {
          file.close();
        }
      } catch (IOException e) {
        LOG.debug("closed a snapshot with {}", e.toString());
      }
    }
  }
}
