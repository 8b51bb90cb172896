package org.mastership.node.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** A server's data folder, and what is wrong with it in words. */
final class DataFolder {
  private static final String LOCK_FILE = "IN_USE";

  private DataFolder() {}

  static void prepare(Path folder) throws StorageException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StorageException(
          "can not make the data folder " + folder + ": " + e + "; check the path and its rights",
          e);
    }
    if (!Files.isWritable(folder)) {
      throw new StorageException("the data folder " + folder + " can not be written to");
    }
  }

  /** Keeps other processes out until the lock is closed, so that nothing is read half written. */
  static FileChannel lock(Path folder) throws StorageException {
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locks(channel)) {
        return channel;
      }
      channel.close();
    } catch (IOException e) {
      throw new StorageException("can not lock the data folder " + folder + ": " + e, e);
    }
    throw inUse(folder, null);
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  static StorageException cannotOpen(Path folder, RocksDBException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("/LOCK: ")) {
      return inUse(folder, e);
    }
    if (message.contains("orruption") || message.contains("mismatch")) {
      return damaged(folder, message);
    }
    return new StorageException("can not open the data folder " + folder + ": " + message, e);
  }

  static StorageException damaged(Path folder, String what) {
    return new StorageException(
        "the data folder "
            + folder
            + " is damaged: "
            + what
            + "; restore the disk, or empty the folder and the server fetches the log from the"
            + " others");
  }

  private static StorageException inUse(Path folder, @Nullable Exception e) {
    return new StorageException(
        "the data folder "
            + folder
            + " is in use by another process; stop that server or give this one another folder",
        e);
  }
}
