package org.mastership.node.storage;

import com.google.protobuf.ByteString;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Epoch;
import org.mastership.core.Recovered;
import org.mastership.core.Run;

/**
 * Where a server keeps what must survive it. Writes are gathered until {@link #force}; they come
 * from one thread. Reads may come from any thread.
 */
public interface StableStorage extends AutoCloseable {

  /**
   * What was on stable storage when it was opened; the incarnation is already counted and stable.
   */
  Recovered recovered();

  /** The snapshot that was found when it was opened, checked to be whole; null for none. */
  @Nullable Snapshot snapshot();

  /** How many bytes the entries had that were found after the snapshot. */
  long recoveredBytes();

  /** Stores the highest epoch, with the next force. */
  void storeEpoch(Epoch epoch) throws StorageException;

  /**
   * Appends entries, with the next force.
   *
   * @param run their places; they follow the last entry
   * @param payloads their bytes, one for each place
   */
  void append(Run run, List<ByteString> payloads) throws StorageException;

  /**
   * Removes the entries after a sequence, with the next force; the snapshot, too, if it stands for
   * one of them.
   */
  void cut(long after) throws StorageException;

  /**
   * Puts a snapshot in the place of all entries up to its last one, with the next force. Entries
   * that follow stay; where there is none the next one is appended after the snapshot.
   */
  void compact(Snapshot snapshot) throws StorageException;

  /** On return all that was gathered is on stable storage; one write, whatever it is. */
  void force() throws StorageException;

  /**
   * The bytes of forced entries.
   *
   * @param first the sequence of the first one wanted
   * @param last the sequence of the last one wanted
   * @param mostBytes no further entry is added once there are so many bytes; one is always given
   * @return empty if a snapshot has taken the place of the first one
   */
  List<ByteString> read(long first, long last, int mostBytes) throws StorageException;

  @Override
  void close();
}
