package org.mastership.node.storage;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mastership.core.Position;

/**
 * A snapshot that arrives from another server in parts, in order. It is not to be used, and has not
 * the name of one, before it is whole, its checksum is right and it is on stable storage. For one
 * thread.
 */
public final class ReceivedSnapshot implements AutoCloseable {
  private final SnapshotFolder folder;
  private final Position end;
  private final long bytes;
  private final Path part;
  private final FileChannel channel;
  private long written;

  ReceivedSnapshot(
      SnapshotFolder folder, Position end, long bytes, Path part, FileChannel channel) {
    this.folder = folder;
    this.end = end;
    this.bytes = bytes;
    this.part = part;
    this.channel = channel;
  }

  /** The last entry that it stands for. */
  public Position end() {
    return end;
  }

  /** How many bytes it has in all. */
  public long bytes() {
    return bytes;
  }

  /** How many bytes have arrived. */
  public long written() {
    return written;
  }

  /** Adds a part, unless it is not the next one. */
  public void add(long offset, ByteString content) throws IOException {
    if (offset != written || offset + content.size() > bytes) {
      return;
    }
    for (ByteBuffer each : content.asReadOnlyByteBufferList()) {
      SnapshotWriter.writeFully(channel, each);
    }
    written += content.size();
  }

  /**
   * Checks and forces what has arrived in full.
   *
   * @throws SnapshotDamagedException if it is no snapshot of these entries
   */
  public Snapshot finish() throws IOException, SnapshotDamagedException {
    channel.force(true);
    Snapshot checked = SnapshotFormat.check(part, end);
    channel.close();
    return folder.keep(part, checked.log(), checked.checksum());
  }

  /** Deletes what has arrived, unless it was finished. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }
}
