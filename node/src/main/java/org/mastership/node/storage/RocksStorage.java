package org.mastership.node.storage;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Epoch;
import org.mastership.core.Log;
import org.mastership.core.Position;
import org.mastership.core.Recovered;
import org.mastership.core.Run;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stable storage in RocksDB, under {@link RocksKeys}. An entry's value is the token of its epoch
 * and its bytes. One force is one write batch, synchronized to disk.
 */
public final class RocksStorage implements StableStorage {
  private static final Logger LOG = LoggerFactory.getLogger(RocksStorage.class);
  private static final long FORMAT = 2;
  private static final long OLDEST_FORMAT = 1;
  private static final int SNAPSHOT_BYTES = 3 * Long.BYTES + Integer.BYTES;
  private static final long WRITE_BUFFER_BYTES = 32L << 20;
  private static final long MOST_WAL_BYTES = 128L << 20;
  private static final int MOST_LOG_FILES = 2;

  static {
    NativeLibrary.load();
  }

  private final Path folder;
  private final FileChannel lock;
  private final Options options;
  private final WriteOptions forced = new WriteOptions().setSync(true);
  private final ReadOptions checked = new ReadOptions().setVerifyChecksums(true);
  private final RocksDB db;
  private final SnapshotFolder snapshots;
  private final Recovered recovered;
  private final @Nullable Snapshot recoveredSnapshot;
  private final WriteBatch batch = new WriteBatch();
  private long recoveredBytes;

  /** The snapshot as it will be with the next force. */
  private @Nullable Snapshot snapshot;

  /** The snapshot as it is since the last force. */
  private @Nullable Snapshot stored;

  /** Up to where snapshots stand for entries since the last force. */
  private volatile long compacted;

  /**
   * Opens a server's data folder, which is made if it is missing.
   *
   * @param folder the data folder
   * @param owner what the folder belongs to: the group and the server, in words
   * @throws StorageException if the folder is in use, belongs to another server, or is damaged
   */
  public RocksStorage(Path folder, String owner) throws StorageException {
    this.folder = folder;
    DataFolder.prepare(folder);
    this.lock = DataFolder.lock(folder);
    this.snapshots = new SnapshotFolder(folder);
    this.options = options();
    try {
      WriteAheadLog.check(folder);
      this.db = RocksDB.open(options, folder.toString());
    } catch (RocksDBException e) {
      closeUnopened();
      throw DataFolder.cannotOpen(folder, e);
    } catch (StorageException e) {
      closeUnopened();
      throw e;
    }
    try {
      checkOwner(owner);
      this.snapshot = storedSnapshot();
      this.stored = snapshot;
      this.recoveredSnapshot = snapshot;
      this.recovered = recover();
      snapshots.deleteAllBut(compacted);
    } catch (IOException e) {
      close();
      throw new StorageException("can not read the data folder " + folder + ": " + e, e);
    } catch (RocksDBException e) {
      close();
      throw DataFolder.cannotOpen(folder, e);
    } catch (StorageException e) {
      close();
      throw e;
    }
  }

  /** A torn last record is what a crash leaves; anything else that is damaged is refused. */
  private static Options options() {
    return new Options()
        .setCreateIfMissing(true)
        .setParanoidChecks(true)
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setCompressionType(CompressionType.NO_COMPRESSION)
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setMaxTotalWalSize(MOST_WAL_BYTES)
        .setMaxBackgroundJobs(2)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(MOST_LOG_FILES);
  }

  private void checkOwner(String owner) throws RocksDBException, StorageException {
    byte[] format = db.get(RocksKeys.FORMAT);
    byte[] stored = db.get(RocksKeys.OWNER);
    if (format != null && (toLong(format) < OLDEST_FORMAT || toLong(format) > FORMAT)) {
      throw new StorageException(
          "the data folder "
              + folder
              + " has format "
              + toLong(format)
              + ", this version reads formats "
              + OLDEST_FORMAT
              + " to "
              + FORMAT
              + "; use the version that wrote it");
    }
    if (stored != null && !owner.equals(new String(stored, StandardCharsets.UTF_8))) {
      throw new StorageException(
          "the data folder "
              + folder
              + " belongs to "
              + new String(stored, StandardCharsets.UTF_8)
              + ", not to "
              + owner
              + "; give this server a folder of its own");
    }
    batch.put(RocksKeys.FORMAT, toBytes(FORMAT));
    batch.put(RocksKeys.OWNER, owner.getBytes(StandardCharsets.UTF_8));
  }

  /** The snapshot that the database names, read once as the log is. */
  private @Nullable Snapshot storedSnapshot()
      throws RocksDBException, StorageException, IOException {
    byte[] stored = db.get(RocksKeys.SNAPSHOT);
    if (stored == null) {
      return null;
    }
    if (stored.length != SNAPSHOT_BYTES) {
      throw DataFolder.damaged(folder, "what names the snapshot has " + stored.length + " bytes");
    }
    ByteBuffer named = ByteBuffer.wrap(stored);
    Position end = new Position(Epoch.ofToken(named.getLong()), named.getLong());
    try {
      Snapshot found = snapshots.open(end);
      if (found.bytes() != named.getLong() || found.checksum() != named.getInt()) {
        throw DataFolder.damaged(folder, "the snapshot " + found.file() + " is another one");
      }
      compacted = found.sequence();
      return found;
    } catch (NoSuchFileException e) {
      throw DataFolder.damaged(folder, "the snapshot " + e.getFile() + " is missing");
    } catch (SnapshotDamagedException e) {
      throw DataFolder.damaged(folder, String.valueOf(e.getMessage()));
    }
  }

  private static byte[] named(Snapshot snapshot) {
    return ByteBuffer.allocate(SNAPSHOT_BYTES)
        .putLong(snapshot.end().epoch().token())
        .putLong(snapshot.sequence())
        .putLong(snapshot.bytes())
        .putInt(snapshot.checksum())
        .array();
  }

  /** Reads the whole log once, so that damage is found now and not when an entry is needed. */
  private Recovered recover() throws RocksDBException, StorageException {
    byte[] epoch = db.get(RocksKeys.EPOCH);
    byte[] stored = db.get(RocksKeys.INCARNATION);
    long incarnation = (stored == null ? 0 : toLong(stored)) + 1;
    Log log = readLog();
    batch.put(RocksKeys.INCARNATION, toBytes(incarnation));
    force();
    Epoch highest = epoch == null ? Epoch.NONE : Epoch.ofToken(toLong(epoch));
    return new Recovered(highest, log, incarnation);
  }

  private Log readLog() throws RocksDBException, StorageException {
    List<Run> runs = new ArrayList<>();
    if (snapshot != null) {
      runs.addAll(snapshot.log().runs());
    }
    try (RocksIterator entries = db.newIterator(checked)) {
      long sequence = compacted;
      for (entries.seek(RocksKeys.FIRST_ENTRY); isEntry(entries); entries.next()) {
        sequence++;
        if (RocksKeys.sequence(entries.key()) != sequence) {
          throw DataFolder.damaged(
              folder,
              "log entry "
                  + sequence
                  + " is missing, the next one is "
                  + RocksKeys.sequence(entries.key()));
        }
        recoveredBytes += entries.value().length;
        extend(runs, Epoch.ofToken(ByteBuffer.wrap(entries.value()).getLong()), sequence);
      }
      entries.status();
    }
    return Log.of(runs);
  }

  private static void extend(List<Run> runs, Epoch epoch, long sequence) {
    Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
    if (last != null && last.epoch().equals(epoch)) {
      runs.set(runs.size() - 1, new Run(epoch, last.first(), sequence));
    } else {
      runs.add(new Run(epoch, sequence, sequence));
    }
  }

  @Override
  public Recovered recovered() {
    return recovered;
  }

  @Override
  public @Nullable Snapshot snapshot() {
    return recoveredSnapshot;
  }

  @Override
  public long recoveredBytes() {
    return recoveredBytes;
  }

  @Override
  public void storeEpoch(Epoch epoch) throws StorageException {
    try {
      batch.put(RocksKeys.EPOCH, toBytes(epoch.token()));
    } catch (RocksDBException e) {
      throw cannotWrite(e);
    }
  }

  @Override
  public void append(Run run, List<ByteString> payloads) throws StorageException {
    try {
      long sequence = run.first();
      for (ByteString payload : payloads) {
        ByteBuffer value = ByteBuffer.allocate(Long.BYTES + payload.size());
        payload.copyTo(value.putLong(run.epoch().token()));
        batch.put(RocksKeys.ofEntry(sequence++), value.array());
      }
    } catch (RocksDBException e) {
      throw cannotWrite(e);
    }
  }

  @Override
  public void cut(long after) throws StorageException {
    try {
      batch.deleteRange(RocksKeys.ofEntry(after + 1), RocksKeys.AFTER_ENTRIES);
      if (snapshot != null && after < snapshot.sequence()) {
        batch.delete(RocksKeys.SNAPSHOT);
        snapshot = null;
      }
    } catch (RocksDBException e) {
      throw cannotWrite(e);
    }
  }

  @Override
  public void compact(Snapshot next) throws StorageException {
    try {
      batch.put(RocksKeys.SNAPSHOT, named(next));
      batch.deleteRange(RocksKeys.FIRST_ENTRY, RocksKeys.ofEntry(next.sequence() + 1));
      snapshot = next;
    } catch (RocksDBException e) {
      throw cannotWrite(e);
    }
  }

  @Override
  public void force() throws StorageException {
    try {
      db.write(forced, batch);
      batch.clear();
      if (!Objects.equals(stored, snapshot)) {
        compacted = snapshot == null ? 0 : snapshot.sequence();
        freeRoom(stored);
        stored = snapshot;
      }
    } catch (RocksDBException e) {
      throw cannotWrite(e);
    }
  }

  /** What can not be freed now is at the next start. */
  private void freeRoom(@Nullable Snapshot old) throws RocksDBException {
    if (compacted > 0) {
      db.deleteFilesInRanges(
          db.getDefaultColumnFamily(),
          List.of(RocksKeys.FIRST_ENTRY, RocksKeys.ofEntry(compacted + 1)),
          false);
    }
    try {
      if (old != null) {
        snapshots.delete(old);
      }
    } catch (IOException e) {
      LOG.warn("a snapshot that is not needed any more stays: {}", e.toString());
    }
  }

  @Override
  public List<ByteString> read(long first, long last, int mostBytes) throws StorageException {
    List<ByteString> payloads = new ArrayList<>();
    long bytes = 0;
    try (RocksIterator entries = db.newIterator(checked)) {
      long sequence = first;
      for (entries.seek(RocksKeys.ofEntry(first));
          sequence <= last
              && bytes < mostBytes
              && isEntry(entries)
              && RocksKeys.sequence(entries.key()) == sequence;
          entries.next()) {
        byte[] value = entries.value();
        payloads.add(ByteString.copyFrom(value, Long.BYTES, value.length - Long.BYTES));
        bytes += value.length;
        sequence++;
      }
      entries.status();
    } catch (RocksDBException e) {
      throw DataFolder.cannotOpen(folder, e);
    }
    if (payloads.isEmpty() && first > compacted) {
      throw new StorageException("the data folder " + folder + " has no log entry " + first);
    }
    return payloads;
  }

  private StorageException cannotWrite(RocksDBException e) {
    return new StorageException(
        "can not write to the data folder "
            + folder
            + ": "
            + e.getMessage()
            + "; make room or mend the disk, then start the server again",
        e);
  }

  @Override
  public void close() {
    batch.close();
    db.close();
    closeUnopened();
  }

  private void closeUnopened() {
    forced.close();
    checked.close();
    options.close();
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("can not unlock the data folder " + folder, e);
    }
  }

  private static boolean isEntry(RocksIterator entries) {
    return entries.isValid() && RocksKeys.isEntry(entries.key());
  }

  private static byte[] toBytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private long toLong(byte @Nullable [] bytes) throws StorageException {
    if (bytes == null || bytes.length != Long.BYTES) {
      throw DataFolder.damaged(folder, "a number has not " + Long.BYTES + " bytes");
    }
    return ByteBuffer.wrap(bytes).getLong();
  }
}
