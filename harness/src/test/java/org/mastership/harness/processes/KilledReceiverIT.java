package org.mastership.harness.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.run.Run;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ServerConfiguration.Address;

/** A process that is killed while a snapshot arrives. */
class KilledReceiverIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int MOST_KILLS = 5;
  private static final int VALUES = 600;
  private static final int AT_ONCE = 10;
  private static final ByteString VALUE = ByteString.copyFrom(new byte[60 << 10]);

  @TempDir private Path folder;

  @Test
  void aSnapshotThatAKillCutShortIsNotUsedAndTheServerCatchesUpAfterwards() throws Exception {
    try (ProcessGroup group = ProcessGroup.create(folder, 3, Guarantee.QUORUM);
        GroupWatch watch = new GroupWatch(group)) {
      group.startAll();
      ServerStatus master = watch.awaitWhole(LONG);
      ServerProcess away =
          group.servers().stream()
              .filter(each -> each.number() != master.number())
              .findFirst()
              .orElseThrow();
      away.kill();
      try (MastershipClient client = client(group)) {
        fill(new KeyValueClient(client));
        for (ServerProcess each : group.servers()) {
          if (each.isRunning()) {
            Awaitility.await()
                .atMost(LONG)
                .until(() -> client.snapshot(each.address()).join().sequence() > VALUES);
          }
        }
      }
      Path part =
          folder.resolve("data").resolve(away.name()).resolve("log").resolve("received.part");

      killWhileItArrives(watch, away, part);
      away.start();

      watch.awaitWhole(LONG);
      assertThat(size(part)).isEmpty();
      ServerStatus again = status(watch, away);
      assertThat(again.json().path("snapshot").asLong()).isGreaterThan(VALUES);
      try (MastershipClient client = client(group)) {
        KeyValueClient keys = new KeyValueClient(client);
        for (int i = 0; i < VALUES; i++) {
          assertThat(keys.get(key(i)).join()).contains(VALUE);
        }
      }
    }
  }

  /** Again with an empty disk where all had arrived before it could be killed. */
  private void killWhileItArrives(GroupWatch watch, ServerProcess server, Path part)
      throws Exception {
    for (int kills = 0; kills < MOST_KILLS; kills++) {
      Run.deleteFiles(folder.resolve("data").resolve(server.name()));
      server.start();
      watch.await(
          "a part of a snapshot, or all of it",
          LONG,
          () -> size(part).filter(bytes -> bytes > 0).or(() -> snapshot(watch, server)));
      server.kill();
      if (size(part).isPresent()) {
        return;
      }
    }
    fail("no kill left a part of a snapshot");
  }

  private static Optional<Long> snapshot(GroupWatch watch, ServerProcess server) {
    return watch.statuses().stream()
        .filter(each -> each.number() == server.number())
        .map(each -> each.json().path("snapshot").asLong())
        .filter(sequence -> sequence > 0)
        .findFirst();
  }

  private static ServerStatus status(GroupWatch watch, ServerProcess server) throws Exception {
    return watch.await(
        "what " + server.name() + " says of itself",
        LONG,
        () ->
            watch.statuses().stream().filter(each -> each.number() == server.number()).findFirst());
  }

  private static MastershipClient client(ProcessGroup group) {
    return new MastershipClient(
        ClientConfiguration.of(group.addresses().toArray(Address[]::new)).withDeadline(LONG));
  }

  private static void fill(KeyValueClient keys) {
    for (int i = 0; i < VALUES; i += AT_ONCE) {
      List<CompletableFuture<?>> asked = new ArrayList<>();
      for (int j = i; j < i + AT_ONCE; j++) {
        asked.add(keys.put(key(j), VALUE));
      }
      asked.forEach(CompletableFuture::join);
    }
  }

  private static ByteString key(int number) {
    return ByteString.copyFromUtf8("key " + number);
  }

  private static Optional<Long> size(Path file) {
    try {
      return Optional.of(Files.size(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
