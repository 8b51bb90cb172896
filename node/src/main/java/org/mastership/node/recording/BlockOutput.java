package org.mastership.node.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Writes a file in blocks, so that a reader finds out what was damaged and what was cut off. A file
 * begins with {@link RecordingFormat#MAGIC} and {@link RecordingFormat#VERSION}; a block is its
 * length, the complement of its length, its CRC-32C (four bytes each), and its bytes. Each flush
 * ends a block.
 */
final class BlockOutput extends OutputStream {
  private static final int HEAD_BYTES = 3 * Integer.BYTES;

  private final OutputStream out;
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();
  private long written;

  private BlockOutput(OutputStream out) {
    this.out = out;
  }

  static BlockOutput create(Path file) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    out.write(
        ByteBuffer.allocate(2 * Integer.BYTES)
            .putInt(RecordingFormat.MAGIC)
            .putInt(RecordingFormat.VERSION)
            .array());
    return new BlockOutput(out);
  }

  @Override
  public void write(int b) {
    block.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    block.write(bytes, offset, length);
  }

  /** How many bytes wait for the end of the block. */
  int waiting() {
    return block.size();
  }

  /** How many bytes are in the file, and wait. */
  long size() {
    return written + block.size();
  }

  /** Ends the block; one write, so that a process that is killed leaves no half of one. */
  @Override
  public void flush() throws IOException {
    if (block.size() == 0) {
      return;
    }
    byte[] bytes = block.toByteArray();
    block.reset();
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    out.write(
        ByteBuffer.allocate(HEAD_BYTES + bytes.length)
            .putInt(bytes.length)
            .putInt(~bytes.length)
            .putInt((int) checksum.getValue())
            .put(bytes)
            .array());
    written += HEAD_BYTES + bytes.length;
  }

  @Override
  public void close() throws IOException {
    try (out) {
      flush();
    }
  }
}
