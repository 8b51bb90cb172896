package org.mastership.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.mastership.core.Epoch;
import org.mastership.core.Run;

/** Whatever is appended, cut and forced, the folder holds what a list does. */
class RocksStoragePropertyTest {
  /** What may be done; {@code amount} is how many entries to append or to keep. */
  enum Kind {
    APPEND,
    CUT,
    FORCE,
    REOPEN
  }

  record Action(Kind kind, int amount) {}

  private record Entry(Epoch epoch, String text) {}

  @Property(tries = 40)
  void theFolderHoldsWhatAListHolds(@ForAll("actions") List<Action> actions) throws Exception {
    Path folder = Files.createTempDirectory("storage");
    List<Entry> gathered = new ArrayList<>();
    List<Entry> forced = List.of();
    RocksStorage storage = StoredLog.open(folder);
    try {
      long round = 0;
      for (Action action : actions) {
        round++;
        switch (action.kind()) {
          case APPEND -> append(storage, gathered, new Epoch(round, 1), action.amount());
          case CUT -> cut(storage, gathered, Math.min(action.amount(), gathered.size()));
          case FORCE -> {
            storage.force();
            forced = List.copyOf(gathered);
          }
          case REOPEN -> {
            storage.close();
            storage = StoredLog.open(folder);
            assertThat(entries(storage)).isEqualTo(forced);
            gathered = new ArrayList<>(forced);
          }
        }
      }
    } finally {
      storage.close();
      delete(folder);
    }
  }

  @Provide
  Arbitrary<List<Action>> actions() {
    return Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.integers().between(0, 9))
        .as(Action::new)
        .list()
        .ofMaxSize(30)
        .map(RocksStoragePropertyTest::thenForcedAndReopened);
  }

  private static List<Action> thenForcedAndReopened(List<Action> actions) {
    List<Action> all = new ArrayList<>(actions);
    all.add(new Action(Kind.FORCE, 0));
    all.add(new Action(Kind.REOPEN, 0));
    return all;
  }

  private static void append(StableStorage storage, List<Entry> list, Epoch epoch, int amount)
      throws StorageException {
    if (amount == 0) {
      return;
    }
    List<ByteString> payloads = new ArrayList<>();
    long first = list.size() + 1L;
    for (int i = 0; i < amount; i++) {
      String text = epoch + " " + i;
      payloads.add(ByteString.copyFromUtf8(text));
      list.add(new Entry(epoch, text));
    }
    storage.append(new Run(epoch, first, list.size()), payloads);
  }

  private static void cut(StableStorage storage, List<Entry> list, int keep)
      throws StorageException {
    storage.cut(keep);
    list.subList(keep, list.size()).clear();
  }

  private static List<Entry> entries(RocksStorage storage) throws StorageException {
    List<Entry> entries = new ArrayList<>();
    List<String> texts = StoredLog.texts(storage);
    for (Run run : storage.recovered().log().runs()) {
      for (long sequence = run.first(); sequence <= run.last(); sequence++) {
        entries.add(new Entry(run.epoch(), texts.get((int) sequence - 1)));
      }
    }
    return entries;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
