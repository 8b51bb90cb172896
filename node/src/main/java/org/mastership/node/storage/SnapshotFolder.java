package org.mastership.node.storage;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mastership.core.Log;
import org.mastership.core.Position;

/**
 * The files of snapshots in a data folder. One has its name only once it is whole and on stable
 * storage; before that it is a part, which no start looks at. All methods block on the disk.
 */
public final class SnapshotFolder {
  private static final Pattern NAME = Pattern.compile("snapshot-(\\d{1,18})-\\d{1,19}");
  private static final String PART = ".part";

  private final Path folder;

  /** The snapshots of the data folder that {@link RocksStorage} has open. */
  public SnapshotFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes a snapshot; on return it is on stable storage.
   *
   * @param log the places of the entries that it stands for; not empty
   * @param content the state after the last of them
   * @throws IOException if it can not be written; nothing of it is left
   */
  public Snapshot write(Log log, ByteString content) throws IOException {
    Path part = part(log.last());
    try {
      int checksum;
      try (FileChannel channel = create(part)) {
        SnapshotWriter writer = new SnapshotWriter(channel);
        writer.write(SnapshotFormat.header(log, content.size()));
        for (ByteBuffer each : content.asReadOnlyByteBufferList()) {
          writer.write(each);
        }
        checksum = writer.end();
      }
      return keep(part, log, checksum);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  /** Begins to receive a snapshot from another server. */
  public ReceivedSnapshot receive(Position end, long bytes) throws IOException {
    Path part = folder.resolve("received" + PART);
    return new ReceivedSnapshot(this, end, bytes, part, create(part));
  }

  private static FileChannel create(Path part) throws IOException {
    return FileChannel.open(
        part,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  /** Gives a forced file its name. */
  Snapshot keep(Path part, Log log, int checksum) throws IOException {
    Path file = file(log.last());
    long bytes = Files.size(part);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
    return new Snapshot(log, file, bytes, checksum);
  }

  /**
   * Opens the snapshot that ends with an entry, and reads it once to see that it is whole.
   *
   * @throws IOException if it is not there or can not be read
   * @throws SnapshotDamagedException if it is cut short or changed
   */
  Snapshot open(Position end) throws IOException, SnapshotDamagedException {
    Path file = file(end);
    return SnapshotFormat.check(file, end);
  }

  /**
   * The state in a snapshot.
   *
   * @throws NoSuchFileException if a later one has taken its place
   * @throws SnapshotDamagedException if the file has changed since it was made
   */
  public static ByteString content(Snapshot snapshot) throws IOException, SnapshotDamagedException {
    return SnapshotFormat.content(snapshot);
  }

  /** Deletes all that an earlier run of the server has left and that is not in use. */
  void deleteAllBut(long sequence) throws IOException {
    for (Path file : files()) {
      String name = file.getFileName().toString();
      Matcher whole = NAME.matcher(name);
      boolean unused = whole.matches() && Long.parseLong(whole.group(1)) != sequence;
      if (unused || name.endsWith(PART)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Deletes a snapshot that is not to be used. */
  public void delete(Snapshot snapshot) throws IOException {
    Files.deleteIfExists(snapshot.file());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  private Path file(Position end) {
    return folder.resolve("snapshot-" + end.sequence() + "-" + end.epoch().token());
  }

  private Path part(Position end) {
    return folder.resolve(file(end).getFileName() + PART);
  }
}
