package org.mastership.node.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * Writes the file of a snapshot, and forces it in steps: one force of all at its end would hold up
 * those of the log for long.
 */
final class SnapshotWriter {
  private static final long FORCE_BYTES = 8L << 20;
  private static final int WRITE_BYTES = 1 << 20;

  private final FileChannel channel;
  private final CRC32C crc = new CRC32C();
  private long unforced;

  SnapshotWriter(FileChannel channel) {
    this.channel = channel;
  }

  /** Writes bytes that count for the checksum. */
  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      ByteBuffer next = bytes.slice(bytes.position(), Math.min(bytes.remaining(), WRITE_BYTES));
      bytes.position(bytes.position() + next.remaining());
      crc.update(next.duplicate());
      writeFully(channel, next);
      unforced += next.position();
      if (unforced >= FORCE_BYTES) {
        channel.force(false);
        unforced = 0;
      }
    }
  }

  /** Writes the checksum and forces the file. */
  int end() throws IOException {
    int checksum = (int) crc.getValue();
    writeFully(channel, ByteBuffer.allocate(Integer.BYTES).putInt(checksum).flip());
    channel.force(true);
    return checksum;
  }

  static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
