package org.mastership.node.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;

/** A server's data folder, and what is wrong with it in words. */
final class DataFolder {
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

  static StorageException cannotOpen(Path folder, RocksDBException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("lock ") || message.contains("LOCK")) {
      return new StorageException(
          "the data folder "
              + folder
              + " is in use by another process; stop that server or give this one another folder",
          e);
    }
    if (message.contains("orruption") || message.contains("mismatch")) {
      return new StorageException(
          "the data folder "
              + folder
              + " is damaged: "
              + message
              + "; restore the disk, or empty the folder and the server fetches the log from the"
              + " others",
          e);
    }
    return new StorageException("can not open the data folder " + folder + ": " + message, e);
  }
}
