package org.mastership.node.storage;

import java.nio.file.Path;
import org.mastership.core.Log;
import org.mastership.core.Position;

/**
 * A whole snapshot on disk: the state after an entry, in the place of the bytes of all entries up
 * to it. The file is forced and its checksum was right when this was made.
 *
 * @param log the places of the entries that it stands for; not empty
 * @param file the file; another thread may delete it when a later snapshot has taken its place
 * @param bytes the length of the file
 * @param checksum CRC-32C of the file but for its last four bytes, which are this
 */
public record Snapshot(Log log, Path file, long bytes, int checksum) {
  /** The last entry that it stands for. */
  public Position end() {
    return log.last();
  }

  /** The sequence of the last entry that it stands for. */
  public long sequence() {
    return log.lastSequence();
  }
}
