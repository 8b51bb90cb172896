package org.mastership.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Epoch;
import org.mastership.core.Log;
import org.mastership.core.Position;
import org.mastership.core.Run;

/** Snapshots in the place of the beginning of a log; what is damaged or cut short is never used. */
class SnapshotStorageTest {
  private static final ByteString STATE = ByteString.copyFromUtf8("the state after some entries");
  private static final Epoch SECOND = new Epoch(2, 3);
  private static final Log OTHERS_LOG =
      Log.of(List.of(new Run(StoredLog.FIRST, 1, 4), new Run(SECOND, 5, 9)));

  @TempDir private Path folder;

  private Path data() {
    return folder.resolve("data");
  }

  private SnapshotFolder snapshots() {
    return new SnapshotFolder(data());
  }

  /** A log of five entries, the first three of which a snapshot stands for. */
  private Snapshot compacted() throws Exception {
    try (RocksStorage storage = StoredLog.open(data())) {
      for (int sequence = 1; sequence <= 5; sequence++) {
        StoredLog.append(storage, sequence, String.valueOf(sequence));
      }
      return compact(storage, Log.of(List.of(new Run(StoredLog.FIRST, 1, 3))));
    }
  }

  private Snapshot compact(RocksStorage storage, Log log) throws Exception {
    Snapshot snapshot = snapshots().write(log, STATE);
    storage.compact(snapshot);
    storage.force();
    return snapshot;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(data())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("snapshot") || name.endsWith(".part"))
          .toList();
    }
  }

  @Test
  void aSnapshotStandsForTheEntriesUpToItsEnd() throws Exception {
    Snapshot written = compacted();

    try (RocksStorage storage = StoredLog.open(data())) {
      assertThat(storage.recovered().log().runs()).containsExactly(new Run(StoredLog.FIRST, 1, 5));
      assertThat(storage.snapshot()).isEqualTo(written);
      assertThat(SnapshotFolder.content(written)).isEqualTo(STATE);
      assertThat(storage.read(4, 5, Integer.MAX_VALUE))
          .containsExactly(ByteString.copyFromUtf8("4"), ByteString.copyFromUtf8("5"));
      assertThat(storage.read(3, 5, Integer.MAX_VALUE)).isEmpty();
      assertThat(files()).containsExactly("snapshot-3-510");
    }
  }

  @Test
  void aLaterSnapshotTakesThePlaceOfAnEarlierOne() throws Exception {
    compacted();

    try (RocksStorage storage = StoredLog.open(data())) {
      compact(storage, Log.of(List.of(new Run(StoredLog.FIRST, 1, 5))));

      assertThat(files()).containsExactly("snapshot-5-510");
      StoredLog.append(storage, 6, "6");
    }
    try (RocksStorage storage = StoredLog.open(data())) {
      assertThat(storage.recovered().log().lastSequence()).isEqualTo(6);
      assertThat(storage.recoveredBytes()).isEqualTo(Long.BYTES + 1);
    }
  }

  @Test
  void aSnapshotOfAnotherServerIsTheWholeLogAndIsAppendedTo() throws Exception {
    try (RocksStorage storage = StoredLog.open(data())) {
      StoredLog.append(storage, 1, "1");
      Snapshot received = received(snapshots().write(OTHERS_LOG, STATE), 7);
      storage.compact(received);
      storage.append(new Run(SECOND, 10, 10), List.of(ByteString.copyFromUtf8("10")));
      storage.force();
    }

    try (RocksStorage storage = StoredLog.open(data())) {
      assertThat(storage.recovered().log().runs())
          .containsExactly(new Run(StoredLog.FIRST, 1, 4), new Run(SECOND, 5, 10));
      assertThat(storage.read(10, 10, 1)).containsExactly(ByteString.copyFromUtf8("10"));
    }
  }

  /** Sends a snapshot from a folder to itself, a few bytes at a time. */
  private Snapshot received(Snapshot sent, int partBytes) throws Exception {
    byte[] bytes = Files.readAllBytes(sent.file());
    Files.delete(sent.file());
    try (ReceivedSnapshot received = snapshots().receive(sent.end(), bytes.length)) {
      for (int at = 0; at < bytes.length; at += partBytes) {
        int length = Math.min(partBytes, bytes.length - at);
        received.add(at, ByteString.copyFrom(bytes, at, length));
        received.add(at, ByteString.copyFrom(bytes, at, length));
      }
      return received.finish();
    }
  }

  @Test
  void aCutBelowItsEndTakesTheSnapshotAway() throws Exception {
    compacted();

    try (RocksStorage storage = StoredLog.open(data())) {
      storage.cut(0);
      storage.force();
      assertThat(files()).isEmpty();
      StoredLog.append(storage, 1, "another");
    }
    try (RocksStorage storage = StoredLog.open(data())) {
      assertThat(storage.snapshot()).isNull();
      assertThat(StoredLog.texts(storage)).containsExactly("another");
    }
  }

  @Test
  void aSnapshotCutShortAtAnyPlaceIsRefused() throws Exception {
    Snapshot written = compacted();
    byte[] whole = Files.readAllBytes(written.file());

    for (int length = 0; length < whole.length; length++) {
      Files.write(written.file(), java.util.Arrays.copyOf(whole, length));
      assertRefused(written, "length " + length);
    }
  }

  @Test
  void aSnapshotWithAChangedBitIsRefused() throws Exception {
    Snapshot written = compacted();
    int length = (int) written.bytes();

    for (int at = 0; at < length; at++) {
      StoredLog.flip(written.file(), at);
      assertRefused(written, "byte " + at);
      StoredLog.flip(written.file(), at);
    }
  }

  private void assertRefused(Snapshot written, String what) {
    assertThatThrownBy(() -> StoredLog.open(data()))
        .as(what)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("the data folder " + data() + " is damaged: the snapshot ")
        .hasMessageContaining(written.file().getFileName().toString())
        .hasMessageEndingWith(
            "; restore the disk, or empty the folder and the server fetches the log from the"
                + " others");
    assertThatThrownBy(() -> SnapshotFolder.content(written))
        .as(what)
        .isInstanceOf(SnapshotDamagedException.class);
  }

  @Test
  void aSnapshotThatIsMissingOrAnotherOneIsRefused() throws Exception {
    Snapshot written = compacted();
    Files.delete(written.file());

    assertThatThrownBy(() -> StoredLog.open(data()))
        .hasMessageContaining("the snapshot " + written.file() + " is missing");
    snapshots().write(written.log(), STATE.concat(STATE));

    assertThatThrownBy(() -> StoredLog.open(data())).hasMessageContaining("is another one");
  }

  @Test
  void whatArrivedOfASnapshotIsGoneAfterACrashAndOneThatWasNeverNamedIsNotUsed() throws Exception {
    Snapshot written = compacted();
    byte[] whole = Files.readAllBytes(written.file());
    Files.write(data().resolve("received.part"), whole);
    Files.write(data().resolve("snapshot-9-510"), whole);

    try (RocksStorage storage = StoredLog.open(data())) {
      assertThat(storage.snapshot()).isEqualTo(written);
      assertThat(files()).containsExactly("snapshot-3-510");
    }
  }

  @Test
  void partsThatDoNotMakeASnapshotOfTheseEntriesAreNotKept() throws Exception {
    Snapshot written = compacted();
    ByteString whole = ByteString.copyFrom(Files.readAllBytes(written.file()));
    Position other = new Position(StoredLog.FIRST, 4);

    assertNotKept(written.end(), whole.substring(0, whole.size() - 1));
    assertNotKept(written.end(), whole.concat(whole));
    assertNotKept(other, whole);
    assertThat(files()).containsExactly("snapshot-3-510");
  }

  private void assertNotKept(Position end, ByteString bytes) throws Exception {
    try (ReceivedSnapshot received = snapshots().receive(end, bytes.size())) {
      received.add(0, bytes);
      assertThatThrownBy(received::finish).isInstanceOf(SnapshotDamagedException.class);
    }
  }

  @Test
  void aCrashBeforeTheForceLeavesTheLogAsItWas() throws Exception {
    try (RocksStorage storage = StoredLog.open(data())) {
      for (int sequence = 1; sequence <= 5; sequence++) {
        StoredLog.append(storage, sequence, String.valueOf(sequence));
      }
      storage.compact(snapshots().write(Log.of(List.of(new Run(StoredLog.FIRST, 1, 3))), STATE));
      StoredLog.copy(data(), folder.resolve("copy"));
    }

    try (RocksStorage storage = StoredLog.open(folder.resolve("copy"))) {
      assertThat(storage.snapshot()).isNull();
      assertThat(StoredLog.texts(storage)).isEqualTo(StoredLog.numbers(5));
    }
  }
}
