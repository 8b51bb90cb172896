package org.mastership.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.client.ServerSnapshot;
import org.mastership.node.service.KeyValueService;
import org.mastership.node.service.ReplicatedService;

/** Servers that keep snapshots in the place of most of their log, while the group serves. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SnapshotGroupTest {
  private static final List<String> NAMES = List.of("s1", "s2", "s3");
  private static final String SETTINGS =
      "guarantee: quorum\nlimits: { snapshot_after: 64KiB, cached_bytes: 16KiB }";
  private static final ByteString VALUE = ByteString.copyFrom(new byte[2 << 10]);
  private static final ByteString COUNTER = ByteString.copyFromUtf8("counter");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  private int answered;

  /** Every put that returns was answered, each is for a key of its own; and one is counted. */
  private void putSome(MastershipClient client, int count) {
    KeyValueClient store = new KeyValueClient(client);
    List<CompletableFuture<?>> under = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      under.add(store.put(key(answered), VALUE));
      under.add(store.increment(COUNTER, 1));
      answered++;
    }
    under.forEach(CompletableFuture::join);
  }

  private static ByteString key(int number) {
    return ByteString.copyFromUtf8("key " + number);
  }

  private void assertAllThere(MastershipClient client) {
    KeyValueClient store = new KeyValueClient(client);
    for (int i = 0; i < answered; i++) {
      assertThat(store.get(key(i)).join()).as("key %d", i).contains(VALUE);
    }
    assertThat(store.get(COUNTER).join())
        .contains(ByteString.copyFromUtf8(String.valueOf(answered)));
  }

  private static JsonNode status(EmbeddedGroup group, String name) throws Exception {
    return new ObjectMapper().readTree(group.server(name).statusJson());
  }

  private static long number(EmbeddedGroup group, String name, String field) throws Exception {
    return status(group, name).path(field).asLong();
  }

  private static void awaitSnapshot(EmbeddedGroup group, String name, long atLeast) {
    await().atMost(PATIENCE).until(() -> number(group, name, "snapshot") >= atLeast);
  }

  /** The server has executed what the master has, and its results are the same. */
  private static void awaitSameAsMaster(EmbeddedGroup group, String name) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode one = status(group, group.awaitMaster());
              JsonNode other = status(group, name);
              assertThat(other.path("failed").isTextual()).as("%s", other).isFalse();
              assertThat(other.path("executed")).isEqualTo(one.path("executed"));
              assertThat(other.path("digest")).isEqualTo(one.path("digest"));
            });
  }

  private static String other(String master) {
    return NAMES.stream().filter(name -> !name.equals(master)).findFirst().orElseThrow();
  }

  private void empty(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data").resolve(name))) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quorum", "timed"})
  void aServerThatWasAwayLongCatchesUpByASnapshotWhileTheGroupServes(String guarantee)
      throws Exception {
    String settings = SETTINGS.replace("quorum", guarantee);
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, settings, 3);
        MastershipClient client = new MastershipClient(group.client())) {
      String away = other(group.awaitMaster());
      putSome(client, 20);
      group.stop(away);
      putSome(client, 200);
      for (ServerGroup each : group.servers()) {
        awaitSnapshot(group, each.configuration().name(), 300);
      }

      group.start(away);
      putSome(client, 50);

      awaitSameAsMaster(group, away);
      assertThat(number(group, away, "snapshot")).isGreaterThanOrEqualTo(300);
      assertAllThere(client);
    }
  }

  @Test
  void aServerWithAnEmptyDiskIsFilledByASnapshotAndMayBecomeMaster() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, SETTINGS, 3);
        MastershipClient client = new MastershipClient(group.client())) {
      putSome(client, 200);
      String emptied = other(group.awaitMaster());
      for (String name : NAMES) {
        awaitSnapshot(group, name, 100);
      }
      group.stop(emptied);
      empty(emptied);

      group.start(emptied);
      putSome(client, 50);

      awaitSameAsMaster(group, emptied);
      group.stop(group.awaitMaster());
      putSome(client, 10);
      assertAllThere(client);
    }
  }

  @Test
  void aServerThatIsStoppedWhileASnapshotArrivesBeginsAgain() throws Exception {
    String settings = "guarantee: quorum\nlimits: { snapshot_after: 0B, cached_bytes: 16KiB }";
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, settings, 3);
        MastershipClient client = new MastershipClient(group.client())) {
      String away = other(group.awaitMaster());
      group.stop(away);
      empty(away);
      putLarge(client, 600);
      for (ServerGroup each : group.servers()) {
        take(client, each);
      }
      Path part = log(away).resolve("received.part");

      group.start(away);
      byte[] arrived =
          await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(1))
              .ignoreExceptionsInstanceOf(NoSuchFileException.class)
              .until(
                  () -> Files.exists(part) ? Files.readAllBytes(part) : new byte[0],
                  bytes -> bytes.length > 0);
      group.stop(away);
      Files.write(part, arrived);
      Files.write(log(away).resolve("snapshot-500-510"), arrived);
      group.start(away);
      assertThat(log(away).resolve("snapshot-500-510")).doesNotExist();

      awaitSameAsMaster(group, away);
      assertAllThere(client);
    }
  }

  private Path log(String name) {
    return folder.resolve("data").resolve(name).resolve("log");
  }

  private void putLarge(MastershipClient client, int count) {
    KeyValueClient store = new KeyValueClient(client);
    ByteString large = ByteString.copyFrom(new byte[60 << 10]);
    for (int i = 0; i < count; i += 10) {
      List<CompletableFuture<?>> under = new ArrayList<>();
      for (int j = i; j < i + 10; j++) {
        under.add(store.put(ByteString.copyFromUtf8("large " + j), large));
      }
      under.forEach(CompletableFuture::join);
    }
    putSome(client, 1);
  }

  private static ServerSnapshot take(MastershipClient client, ServerGroup server) {
    return client.snapshot(server.configuration().self().address()).join();
  }

  @Test
  void aSnapshotIsTakenWhenItIsAskedFor() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, "guarantee: quorum", 3);
        MastershipClient client = new MastershipClient(group.client())) {
      putSome(client, 5);
      String master = group.awaitMaster();

      ServerSnapshot first = take(client, group.server(master));
      ServerSnapshot again = take(client, group.server(master));

      assertThat(first.sequence()).isGreaterThan(10);
      assertThat(first.bytes()).isGreaterThan(5L * VALUE.size());
      assertThat(again.sequence()).isGreaterThanOrEqualTo(first.sequence());
      JsonNode status = status(group, master);
      assertThat(status.path("snapshot").asLong()).isEqualTo(again.sequence());
      assertThat(status.path("snapshotBytes").asLong()).isEqualTo(again.bytes());
      assertThat(status.path("logEntries").asLong()).isLessThan(10);
    }
  }

  @Test
  void aGroupThatStartsAgainHasEveryAnsweredRequest() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, SETTINGS, 3)) {
      try (MastershipClient client = new MastershipClient(group.client())) {
        putSome(client, 150);
        for (String name : NAMES) {
          awaitSnapshot(group, name, 100);
        }
      }
      for (String name : NAMES) {
        group.stop(name);
      }
      for (String name : NAMES) {
        group.start(name);
      }
      try (MastershipClient client = new MastershipClient(group.client())) {
        assertAllThere(client);
        putSome(client, 10);
        for (String name : NAMES) {
          awaitSameAsMaster(group, name);
        }
        assertAllThere(client);
      }
    }
  }

  /** Most likely it is elected before the one that has what it lacks, and fetches that. */
  @Test
  void aServerThatLacksWhatASnapshotStandsForMayBecomeMaster() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, SETTINGS, 3);
        MastershipClient client = new MastershipClient(group.client())) {
      putSome(client, 10);
      group.stop("s1");
      putSome(client, 200);
      awaitSnapshot(group, "s2", 300);
      awaitSnapshot(group, "s3", 300);
      group.stop("s2");

      group.start("s1");

      putSome(client, 10);
      awaitSameAsMaster(group, "s1");
      assertThat(number(group, "s1", "snapshot")).isGreaterThanOrEqualTo(300);
      assertAllThere(client);
    }
  }

  @Test
  void aServerWhoseResultsDifferAfterASnapshotIsFenced() throws Exception {
    Set<String> started = new HashSet<>();
    try (EmbeddedGroup group =
            EmbeddedGroup.start(
                folder,
                SETTINGS,
                3,
                name -> started.add(name) ? new KeyValueService() : new Forgetful());
        MastershipClient client = new MastershipClient(group.client())) {
      String away = other(group.awaitMaster());
      group.stop(away);
      putSome(client, 200);
      for (ServerGroup each : group.servers()) {
        awaitSnapshot(group, each.configuration().name(), 300);
      }

      group.start(away);

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                putSome(client, 1);
                assertThat(status(group, away).path("failed").asText())
                    .startsWith("the results of this server differ from the master's");
              });
      assertThat(number(group, away, "snapshot")).isGreaterThanOrEqualTo(300);
      assertAllThere(client);
    }
  }

  /** A key-value service that restores nothing. */
  private static final class Forgetful implements ReplicatedService {
    private final ReplicatedService sound = new KeyValueService();

    @Override
    public ByteString execute(ByteString request) {
      return sound.execute(request);
    }

    @Override
    public ByteString query(ByteString request) {
      return sound.query(request);
    }

    @Override
    public ByteString snapshot() {
      return sound.snapshot();
    }

    @Override
    public void restore(ByteString snapshot) {}
  }
}
