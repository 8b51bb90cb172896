package org.mastership.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mastership.core.Run;

/** What a crash may leave is recovered from; whatever else is wrong with the files is refused. */
class DamagedStorageTest {
  private static final int ENTRIES = 20;

  @TempDir private Path folder;

  @BeforeEach
  void aLogOfTwentyForcedEntries() throws Exception {
    try (RocksStorage storage = StoredLog.open(folder)) {
      for (int sequence = 1; sequence <= ENTRIES; sequence++) {
        StoredLog.append(storage, sequence, String.valueOf(sequence));
      }
    }
  }

  @Test
  void aCrashLosesNothingThatWasForced(@TempDir Path copies) throws Exception {
    try (RocksStorage storage = StoredLog.open(folder)) {
      for (int sequence = ENTRIES + 1; sequence <= 2 * ENTRIES; sequence++) {
        StoredLog.append(storage, sequence, String.valueOf(sequence));
        Path copy = copies.resolve(String.valueOf(sequence));
        StoredLog.copy(folder, copy);

        assertHolds(copy, sequence);
      }
    }
  }

  /** RocksDB begins a record there with a part of no bytes; once that was taken for damage. */
  @Test
  void aRecordThatBeginsWhereABlockHasRoomForItsHeaderOnlyIsSound(@TempDir Path copies)
      throws Exception {
    Path copy = copies.resolve("copy");
    try (RocksStorage storage = StoredLog.open(folder)) {
      Path log = StoredLog.newest(folder, ".log");
      long before = Files.size(log);
      StoredLog.append(storage, ENTRIES + 1, "x".repeat(1000));
      long overhead = Files.size(log) - before - 1000;
      long untilHeader = 32_768 - 7 - Files.size(log);
      int first = (int) (untilHeader - 16_000 - overhead);
      StoredLog.append(storage, ENTRIES + 2, "x".repeat(first));
      StoredLog.append(storage, ENTRIES + 3, "x".repeat((int) (8_000 - overhead)));
      StoredLog.append(storage, ENTRIES + 4, "x".repeat((int) (8_000 - overhead)));
      assertThat(Files.size(log)).isEqualTo(32_768 - 7);
      StoredLog.append(storage, ENTRIES + 5, "x".repeat(1000));
      StoredLog.append(storage, ENTRIES + 6, "after it");
      StoredLog.copy(folder, copy);
    }

    try (RocksStorage storage = StoredLog.open(copy)) {
      assertThat(storage.recovered().log().lastSequence()).isEqualTo(ENTRIES + 6);
    }
  }

  @Test
  void ofATornLastRecordOnlyTheLastForceIsLost(@TempDir Path copies) throws Exception {
    for (int torn = 1; torn <= 40; torn++) {
      Path copy = copies.resolve(String.valueOf(torn));
      StoredLog.copy(folder, copy);
      Path log = StoredLog.newest(copy, ".log");
      try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() - torn);
      }

      assertHolds(copy, ENTRIES - 1);
      assertHolds(copy, ENTRIES - 1);
    }
  }

  @Test
  void aByteThatChangedInsideTheWriteAheadLogIsRefusedWhereverItIs(@TempDir Path copies)
      throws Exception {
    Path original = StoredLog.newest(folder, ".log");
    long lastRecord = Files.size(original) - 60;
    for (int at = 0; at < lastRecord; at += 3) {
      Path copy = copies.resolve(String.valueOf(at));
      StoredLog.copy(folder, copy);
      StoredLog.flip(copy.resolve(original.getFileName()), at);

      assertThatThrownBy(() -> StoredLog.open(copy))
          .as("byte %d changed", at)
          .isInstanceOf(StorageException.class)
          .hasMessageStartingWith("the data folder " + copy + " is damaged: the record at byte ")
          .hasMessageContaining(" of " + original.getFileName() + " can not be read");
    }
  }

  @Test
  void aChangedByteOfARecordThatSpansBlocksIsRefused() throws Exception {
    Path log = StoredLog.newest(folder, ".log");
    long before = Files.size(log);
    try (RocksStorage storage = StoredLog.open(folder)) {
      storage.append(
          new Run(StoredLog.FIRST, ENTRIES + 1, ENTRIES + 1),
          List.of(ByteString.copyFrom(new byte[100_000])));
      storage.force();
      StoredLog.append(storage, ENTRIES + 2, "behind");
    }
    StoredLog.flip(StoredLog.newest(folder, ".log"), before + 50_000);

    assertThatThrownBy(() -> StoredLog.open(folder))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is damaged: the record at byte ");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1, 0.3})
  void aByteThatChangedInATableIsRefused(double where) throws Exception {
    StoredLog.open(folder).close();
    Path table = tableOfAllEntries();
    StoredLog.flip(table, (long) (Files.size(table) * where));

    assertThatThrownBy(() -> StoredLog.open(folder))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("the data folder " + folder + " is damaged: ")
        .hasMessageContaining(table.getFileName().toString())
        .hasMessageEndingWith(
            "restore the disk, or empty the folder and the server fetches the log from the"
                + " others");
  }

  @Test
  void aFileThatIsMissingIsRefused() throws Exception {
    StoredLog.open(folder).close();
    Path table = tableOfAllEntries();
    Files.delete(table);

    assertThatThrownBy(() -> StoredLog.open(folder))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("the data folder " + folder + " is damaged: ")
        .hasMessageContaining(table.getFileName().toString());
  }

  /** Opening a folder moves what is in the write-ahead log into a table. */
  private Path tableOfAllEntries() throws IOException {
    return StoredLog.newest(folder, ".sst");
  }

  private static void assertHolds(Path folder, int entries) throws StorageException {
    try (RocksStorage storage = StoredLog.open(folder)) {
      assertThat(StoredLog.texts(storage)).isEqualTo(StoredLog.numbers(entries));
    }
  }
}
