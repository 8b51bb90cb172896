package org.mastership.node.storage;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.mastership.core.Epoch;
import org.mastership.core.Log;
import org.mastership.core.Position;
import org.mastership.core.Run;

/**
 * The file of a snapshot, numbers big-endian: {@code MSNP}, the version, the number of runs and
 * each one's epoch, first and last sequence, the length of the state, the state, and the CRC-32C of
 * all that. See docs/storage-format.md.
 */
final class SnapshotFormat {
  private static final int MAGIC = 0x4d534e50;
  private static final int VERSION = 1;
  private static final int FIXED_BYTES = 3 * Integer.BYTES + Long.BYTES;
  private static final int RUN_BYTES = 3 * Long.BYTES;
  private static final int MOST_RUNS = 1 << 20;
  private static final int BUFFER_BYTES = 256 << 10;

  private SnapshotFormat() {}

  static ByteBuffer header(Log log, long contentBytes) {
    List<Run> runs = log.runs();
    ByteBuffer header = ByteBuffer.allocate(FIXED_BYTES + runs.size() * RUN_BYTES);
    header.putInt(MAGIC).putInt(VERSION).putInt(runs.size());
    for (Run run : runs) {
      header.putLong(run.epoch().token()).putLong(run.first()).putLong(run.last());
    }
    return header.putLong(contentBytes).flip();
  }

  /** Reads the whole file. */
  static Snapshot check(Path file, Position end) throws IOException, SnapshotDamagedException {
    try (Reading in = new Reading(file)) {
      Log log = in.log();
      if (!log.last().equals(end)) {
        throw in.damaged("it stands for the entries up to " + log.last() + ", not " + end);
      }
      in.skip(in.contentBytes());
      int checksum = in.end();
      return new Snapshot(log, file, Files.size(file), checksum);
    }
  }

  static ByteString content(Snapshot snapshot) throws IOException, SnapshotDamagedException {
    try (Reading in = new Reading(snapshot.file())) {
      in.log();
      ByteString content = in.content(in.contentBytes());
      if (in.end() != snapshot.checksum()) {
        throw in.damaged("it is another one than was written");
      }
      return content;
    }
  }

  /** One pass over a file; whatever is not as it should be is said with the file's name. */
  private static final class Reading implements AutoCloseable {
    private final Path file;
    private final long bytes;
    private final CRC32C crc = new CRC32C();
    private final DataInputStream in;

    Reading(Path file) throws IOException {
      this.file = file;
      this.bytes = Files.size(file);
      InputStream buffered = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
      this.in = new DataInputStream(new CheckedInputStream(buffered, crc));
    }

    SnapshotDamagedException damaged(String what) {
      return new SnapshotDamagedException("the snapshot " + file + " is damaged: " + what);
    }

    Log log() throws IOException, SnapshotDamagedException {
      try {
        if (in.readInt() != MAGIC || in.readInt() != VERSION) {
          throw damaged("it does not begin as a snapshot of version " + VERSION + " does");
        }
        int count = in.readInt();
        if (count < 1 || count > MOST_RUNS) {
          throw damaged("it names " + count + " tenures");
        }
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          runs.add(new Run(Epoch.ofToken(in.readLong()), in.readLong(), in.readLong()));
        }
        return Log.of(runs);
      } catch (EOFException e) {
        throw damaged("it is cut short at " + bytes + " bytes");
      } catch (IllegalArgumentException e) {
        throw damaged(String.valueOf(e.getMessage()));
      }
    }

    long contentBytes() throws IOException, SnapshotDamagedException {
      try {
        long content = in.readLong();
        if (content < 0 || content > bytes) {
          throw damaged("its state has " + content + " bytes, the file " + bytes);
        }
        return content;
      } catch (EOFException e) {
        throw damaged("it is cut short at " + bytes + " bytes");
      }
    }

    ByteString content(long count) throws IOException, SnapshotDamagedException {
      byte[] content = in.readNBytes((int) Math.min(count, Integer.MAX_VALUE));
      if (content.length < count) {
        throw damaged("it is cut short at " + bytes + " bytes");
      }
      return UnsafeByteOperations.unsafeWrap(content);
    }

    void skip(long count) throws IOException, SnapshotDamagedException {
      byte[] buffer = new byte[BUFFER_BYTES];
      long left = count;
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw damaged("it is cut short at " + bytes + " bytes");
        }
        left -= read;
      }
    }

    /** The checksum, which must be that of all before it, and the end of the file. */
    int end() throws IOException, SnapshotDamagedException {
      int computed = (int) crc.getValue();
      try {
        if (in.readInt() != computed) {
          throw damaged("its checksum is wrong");
        }
      } catch (EOFException e) {
        throw damaged("it is cut short at " + bytes + " bytes");
      }
      if (in.read() >= 0) {
        throw damaged("it is longer than it says");
      }
      return computed;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
