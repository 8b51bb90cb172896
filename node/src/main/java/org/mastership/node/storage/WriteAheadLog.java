package org.mastership.node.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Tells a write-ahead log that a crash cut off from one that is damaged, before RocksDB reads it.
 * RocksDB takes some damage for the end of the log and goes on without the records behind it. But
 * each record is forced before the next one is written, so where a whole record begins behind one
 * that can not be read, the latter was on stable storage once.
 */
final class WriteAheadLog {
  private static final int BLOCK_BYTES = 32 << 10;
  private static final int HEADER_BYTES = 7;
  private static final int LENGTH_AT = 4;
  private static final int TYPE_AT = 6;
  private static final byte WHOLE_RECORD = 1;
  private static final byte FIRST_PART = 2;
  private static final int CRC_ROTATION = 15;
  private static final int CRC_DELTA = 0xa282ead8;
  private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.log");

  private final Path folder;

  /** Where the first record is that can not be read; null as long as all could be. */
  private @Nullable String unreadable;

  private WriteAheadLog(Path folder) {
    this.folder = folder;
  }

  /**
   * Refuses a folder whose log lacks records that were forced.
   *
   * @throws StorageException that says in which file and where
   */
  static void check(Path folder) throws StorageException {
    WriteAheadLog log = new WriteAheadLog(folder);
    try {
      for (Path file : files(folder)) {
        log.checkFile(file);
      }
    } catch (IOException e) {
      throw new StorageException("can not read the data folder " + folder + ": " + e, e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong(WriteAheadLog::number))
          .toList();
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  private void checkFile(Path file) throws IOException, StorageException {
    try (InputStream in = Files.newInputStream(file)) {
      long start = 0;
      for (byte[] block = in.readNBytes(BLOCK_BYTES);
          block.length > 0;
          block = in.readNBytes(BLOCK_BYTES)) {
        checkBlock(file, start, block);
        start += block.length;
      }
    }
  }

  private void checkBlock(Path file, long start, byte[] block) throws StorageException {
    ByteBuffer bytes = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (block.length - at >= HEADER_BYTES) {
      boolean readable = isReadable(bytes, at);
      if (!readable && unreadable == null) {
        unreadable = "byte " + (start + at) + " of " + file.getFileName();
      } else if (readable && unreadable != null && beginsRecord(bytes.get(at + TYPE_AT))) {
        throw DataFolder.damaged(
            folder, "the record at " + unreadable + " can not be read, though others follow it");
      }
      at += readable ? HEADER_BYTES + length(bytes, at) : 1;
    }
  }

  private static boolean beginsRecord(byte type) {
    return type == WHOLE_RECORD || type == FIRST_PART;
  }

  private static int length(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at + LENGTH_AT));
  }

  private static boolean isReadable(ByteBuffer bytes, int at) {
    int length = length(bytes, at);
    boolean padding = bytes.get(at + TYPE_AT) == 0;
    if (padding || at + HEADER_BYTES + length > bytes.capacity()) {
      return false;
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(at + TYPE_AT, 1 + length));
    int rotated = Integer.rotateRight((int) crc.getValue(), CRC_ROTATION);
    return rotated + CRC_DELTA == bytes.getInt(at);
  }
}
