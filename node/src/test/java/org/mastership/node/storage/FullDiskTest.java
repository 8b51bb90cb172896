package org.mastership.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Run;

/** A disk of eight mebibytes, which only root can make. */
class FullDiskTest {
  private static final ByteString PAYLOAD = ByteString.copyFrom(new byte[64 << 10]);
  private static final int MORE_THAN_FITS = 200;
  private static final Duration POLL = Duration.ofMillis(2);

  @TempDir private Path folder;

  private SmallDisk disk;

  private final AtomicLong persisted = new AtomicLong();
  private final List<StorageException> failures = new CopyOnWriteArrayList<>();

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(folder, 8);
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.unmount();
    }
  }

  @Test
  void aFullDiskEndsAcknowledgementOnceAndLosesNothing() throws Exception {
    Path data = folder.resolve("data");
    try (RocksStorage storage = StoredLog.open(data);
        GroupCommit commit = new GroupCommit(storage, () -> {}, persisted::set, failures::add)) {
      for (long ticket = 1; ticket <= MORE_THAN_FITS; ticket++) {
        append(commit, ticket);
        long issued = ticket;
        await().pollInterval(POLL).until(() -> persisted.get() == issued || !failures.isEmpty());
      }
      commit.read(MORE_THAN_FITS, MORE_THAN_FITS, 1, payloads -> {});
      long atFailure = persisted.get();

      disk.enlarge(64);
      append(commit, MORE_THAN_FITS + 1);

      assertThat(failures).hasSize(1);
      assertThat(failures.get(0))
          .hasMessageStartingWith("can not write to the data folder " + data + ": ")
          .hasMessageContaining("No space left")
          .hasMessageEndingWith("; make room or mend the disk, then start the server again");
      assertThat(persisted).hasValue(atFailure);
    }

    try (RocksStorage storage = StoredLog.open(data)) {
      long last = storage.recovered().log().lastSequence();
      assertThat(persisted.get()).isBetween(1L, last);
      assertThat(storage.read(1, last, Integer.MAX_VALUE))
          .hasSize((int) last)
          .containsOnly(PAYLOAD);
      StoredLog.append(storage, last + 1, "room again");
    }
  }

  private static void append(GroupCommit commit, long ticket) {
    commit.append(ticket, new Run(StoredLog.FIRST, ticket, ticket), List.of(PAYLOAD));
  }
}
