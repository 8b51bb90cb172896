package org.mastership.node.storage;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.mastership.core.Epoch;
import org.mastership.core.Log;
import org.mastership.core.Run;

/** Folders with a log of short texts, for tests. */
final class StoredLog {
  static final String OWNER = "server ada of group example";
  static final Epoch FIRST = new Epoch(1, 1);
  private static final int ANY_BYTES = Integer.MAX_VALUE;

  private StoredLog() {}

  static RocksStorage open(Path folder) throws StorageException {
    return new RocksStorage(folder, OWNER);
  }

  /** Appends one entry after the last one and forces it. */
  static void append(StableStorage storage, long sequence, String text) throws StorageException {
    storage.append(new Run(FIRST, sequence, sequence), List.of(ByteString.copyFromUtf8(text)));
    storage.force();
  }

  /** The texts of all entries. */
  static List<String> texts(StableStorage storage) throws StorageException {
    return texts(storage, storage.recovered().log());
  }

  static List<String> texts(StableStorage storage, Log log) throws StorageException {
    if (log.equals(Log.EMPTY)) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (ByteString payload : storage.read(1, log.lastSequence(), ANY_BYTES)) {
      texts.add(payload.toStringUtf8());
    }
    return texts;
  }

  /** Texts {@code 1} to {@code count}. */
  static List<String> numbers(int count) {
    return Stream.iterate(1, number -> number + 1).limit(count).map(String::valueOf).toList();
  }

  /** What a crash at this moment leaves: the files as they are. */
  static void copy(Path folder, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** The newest file with an ending such as {@code .log}. */
  static Path newest(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .max(Comparator.comparing(file -> file.getFileName().toString()))
          .orElseThrow();
    }
  }

  static void flip(Path file, long at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) at] ^= 0x10;
    Files.write(file, bytes);
  }
}
