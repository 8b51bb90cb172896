package org.mastership.node.recording;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Reads what {@link BlockOutput} wrote. A last block that a crash cut off is left out. */
final class BlockInput extends InputStream {
  private static final int MOST_BLOCK_BYTES = 64 << 20;

  private final Path file;
  private final DataInputStream in;
  private ByteArrayInputStream block = new ByteArrayInputStream(new byte[0]);
  private long position = 2 * Integer.BYTES;
  private boolean ended;
  private boolean cutOff;

  private BlockInput(Path file, DataInputStream in) {
    this.file = file;
    this.in = in;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it is no recording, or one of another version
   */
  static BlockInput open(Path file) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    try {
      if (in.readInt() != RecordingFormat.MAGIC) {
        throw new IOException(file + " is no recording");
      }
      int version = in.readInt();
      if (version != RecordingFormat.VERSION) {
        throw new IOException(
            file
                + " has version "
                + version
                + " of the recording format, this program reads version "
                + RecordingFormat.VERSION
                + "; replay it with the program that recorded it");
      }
      return new BlockInput(file, in);
    } catch (EOFException e) {
      in.close();
      throw new IOException(file + " is no recording: it is too short", e);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Whether the file ended within a block. */
  boolean cutOff() {
    return cutOff;
  }

  @Override
  public int read() throws IOException {
    return atEnd() ? -1 : block.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return atEnd() ? -1 : block.read(bytes, offset, length);
  }

  private boolean atEnd() throws IOException {
    while (!ended && block.available() == 0) {
      next();
    }
    return block.available() == 0;
  }

  private void next() throws IOException {
    byte[] head = in.readNBytes(3 * Integer.BYTES);
    if (head.length < 3 * Integer.BYTES) {
      ended = true;
      cutOff = head.length > 0;
      return;
    }
    DataInputStream fields = new DataInputStream(new ByteArrayInputStream(head));
    int length = fields.readInt();
    if (fields.readInt() != ~length || length < 1 || length > MOST_BLOCK_BYTES) {
      throw damaged();
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      ended = true;
      cutOff = true;
      return;
    }
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    if ((int) checksum.getValue() != fields.readInt()) {
      throw damaged();
    }
    position += head.length + length;
    block = new ByteArrayInputStream(bytes);
  }

  private IOException damaged() {
    return new IOException(
        file
            + " is damaged: the block at byte "
            + position
            + " does not match its checksum; what comes before it was replayed");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
