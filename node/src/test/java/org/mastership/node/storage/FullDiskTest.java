package org.mastership.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Run;

/** A disk of eight mebibytes, which only root can make. */
class FullDiskTest {
  private static final ByteString PAYLOAD = ByteString.copyFrom(new byte[64 << 10]);
  private static final int MORE_THAN_FITS = 200;

  @TempDir private Path disk;

  private final AtomicLong persisted = new AtomicLong();
  private final List<StorageException> failures = new CopyOnWriteArrayList<>();

  @BeforeEach
  void mount() throws Exception {
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString());
    if (System.getenv("CI") != null) {
      assertThat(mounted).as("a small disk can be mounted; in CI this must run as root").isTrue();
    }
    Assumptions.assumeTrue(mounted, "a full disk was NOT tested: mounting one needs root");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  @Test
  void aFullDiskEndsAcknowledgementOnceAndLosesNothing() throws Exception {
    Path folder = disk.resolve("data");
    try (RocksStorage storage = StoredLog.open(folder);
        GroupCommit commit = new GroupCommit(storage, persisted::set, failures::add)) {
      for (long ticket = 1; ticket <= MORE_THAN_FITS; ticket++) {
        append(commit, ticket);
        long issued = ticket;
        await().until(() -> persisted.get() == issued || !failures.isEmpty());
      }
      commit.read(MORE_THAN_FITS, MORE_THAN_FITS, 1, payloads -> {});
      long atFailure = persisted.get();

      enlarge();
      append(commit, MORE_THAN_FITS + 1);

      assertThat(failures).hasSize(1);
      assertThat(failures.get(0))
          .hasMessageStartingWith("can not write to the data folder " + folder + ": ")
          .hasMessageContaining("No space left")
          .hasMessageEndingWith("; make room or mend the disk, then start the server again");
      assertThat(persisted).hasValue(atFailure);
    }

    try (RocksStorage storage = StoredLog.open(folder)) {
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

  private void enlarge() throws Exception {
    assertThat(run("mount", "-o", "remount,size=64m", disk.toString())).isTrue();
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
