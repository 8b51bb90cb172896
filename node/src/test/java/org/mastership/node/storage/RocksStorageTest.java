package org.mastership.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Epoch;
import org.mastership.core.Log;
import org.mastership.core.Run;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class RocksStorageTest {
  private static final Epoch SECOND = new Epoch(2, 3);

  @TempDir private Path folder;

  @Test
  void aNewFolderHoldsNothingAndEachStartIsCounted() throws Exception {
    for (int start = 1; start <= 3; start++) {
      try (RocksStorage storage = StoredLog.open(folder)) {
        assertThat(storage.recovered().log()).isEqualTo(Log.EMPTY);
        assertThat(storage.recovered().highest()).isEqualTo(Epoch.NONE);
        assertThat(storage.recovered().incarnation()).isEqualTo(start);
      }
    }
  }

  @Test
  void whatWasForcedIsThereWhenTheFolderIsOpenedAgain() throws Exception {
    try (RocksStorage storage = StoredLog.open(folder)) {
      storage.append(new Run(StoredLog.FIRST, 1, 3), payloads("a", "", "c"));
      storage.storeEpoch(SECOND);
      storage.cut(2);
      storage.append(new Run(SECOND, 3, 4), payloads("C", "d"));
      storage.force();
    }

    try (RocksStorage storage = StoredLog.open(folder)) {
      assertThat(storage.recovered().highest()).isEqualTo(SECOND);
      assertThat(storage.recovered().log().runs())
          .containsExactly(new Run(StoredLog.FIRST, 1, 2), new Run(SECOND, 3, 4));
      assertThat(StoredLog.texts(storage)).containsExactly("a", "", "C", "d");
    }
  }

  @Test
  void whatWasNotForcedIsNotThere() throws Exception {
    try (RocksStorage storage = StoredLog.open(folder)) {
      StoredLog.append(storage, 1, "forced");
      storage.append(new Run(StoredLog.FIRST, 2, 2), payloads("gathered"));
    }

    try (RocksStorage storage = StoredLog.open(folder)) {
      assertThat(StoredLog.texts(storage)).containsExactly("forced");
    }
  }

  @Test
  void aReadEndsAtItsBoundButGivesOneEntry() throws Exception {
    try (RocksStorage storage = StoredLog.open(folder)) {
      storage.append(new Run(StoredLog.FIRST, 1, 4), payloads("one", "two", "three", "four"));
      storage.force();

      assertThat(storage.read(2, 3, 1000)).isEqualTo(payloads("two", "three"));
      assertThat(storage.read(2, 4, 1)).isEqualTo(payloads("two"));
      assertThatThrownBy(() -> storage.read(5, 5, 1000))
          .isInstanceOf(StorageException.class)
          .hasMessage("the data folder " + folder + " has no log entry 5");
    }
  }

  @Test
  void aFolderInUseIsRefused() throws Exception {
    try (RocksStorage storage = StoredLog.open(folder)) {
      assertThatThrownBy(() -> StoredLog.open(folder))
          .isInstanceOf(StorageException.class)
          .hasMessage(
              "the data folder "
                  + folder
                  + " is in use by another process; stop that server or give this one another"
                  + " folder");
      StoredLog.append(storage, 1, "undisturbed");
    }
  }

  @Test
  void aFolderOfAnotherServerIsRefused() throws Exception {
    StoredLog.open(folder).close();

    assertThatThrownBy(() -> new RocksStorage(folder, "server bob of group example"))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "the data folder "
                + folder
                + " belongs to server ada of group example, not to server bob of group example;"
                + " give this server a folder of its own");
    StoredLog.open(folder).close();
  }

  @Test
  void aFolderOfANewerFormatIsRefused() throws Exception {
    StoredLog.open(folder).close();
    put("mFormat", ByteBuffer.allocate(Long.BYTES).putLong(3).array());

    assertThatThrownBy(() -> StoredLog.open(folder))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "the data folder "
                + folder
                + " has format 3, this version reads formats 1 to 2; use the version that wrote it");
  }

  @Test
  void aNumberOfTheWrongLengthIsRefused() throws Exception {
    StoredLog.open(folder).close();
    put("mEpoch", new byte[3]);

    assertThatThrownBy(() -> StoredLog.open(folder))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("the data folder " + folder + " is damaged: a number has not 8");
  }

  @Test
  void aMissingEntryIsRefused() throws Exception {
    try (RocksStorage storage = StoredLog.open(folder)) {
      StoredLog.append(storage, 1, "first");
      storage.append(new Run(StoredLog.FIRST, 3, 3), payloads("third"));
      storage.force();
    }

    assertThatThrownBy(() -> StoredLog.open(folder))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("damaged: log entry 2 is missing, the next one is 3");
  }

  @Test
  void aFolderThatCanNotBeMadeIsNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> StoredLog.open(file.resolve("data")))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("can not make the data folder " + file.resolve("data"))
        .hasMessageEndingWith("check the path and its rights");
  }

  private void put(String key, byte[] value) throws RocksDBException {
    try (Options options = new Options();
        RocksDB db = RocksDB.open(options, folder.toString())) {
      db.put(key.getBytes(StandardCharsets.US_ASCII), value);
    }
  }

  private static List<ByteString> payloads(String... texts) {
    return Stream.of(texts).map(ByteString::copyFromUtf8).toList();
  }
}
