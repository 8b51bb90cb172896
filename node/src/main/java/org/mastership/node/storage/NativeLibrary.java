package org.mastership.node.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * Loads RocksDB's native library. Left to itself RocksDB removes the 15 MB that it unpacks for this
 * only when the process ends in order: a server that is killed again and again would fill the disk.
 * So they are removed as soon as they are loaded.
 */
final class NativeLibrary {
  private NativeLibrary() {}

  static void load() {
    try {
      Path folder = Files.createTempDirectory("mastership-library-");
      try {
        NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "RocksDB's library can not be unpacked into "
              + System.getProperty("java.io.tmpdir")
              + ": "
              + e.getMessage()
              + "; make room there, or name another folder by -Djava.io.tmpdir",
          e);
    }
    RocksDB.loadLibrary();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
