package org.mastership.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.storage.SmallDisk;

/** Three servers, each with a disk of its own, of which one becomes full. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FullDiskGroupTest {
  private static final List<String> NAMES = List.of("s1", "s2", "s3");
  private static final int MEBIBYTES = 256;
  private static final ByteString VALUE = ByteString.copyFrom(new byte[32 << 10]);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  private final List<SmallDisk> disks = new ArrayList<>();
  private int answered;

  @AfterEach
  void unmount() throws Exception {
    for (SmallDisk disk : disks) {
      disk.unmount();
    }
  }

  @Test
  void aBackUpWhoseDiskIsFullStopsAcknowledgingAndTheOthersGoOn() throws Exception {
    try (EmbeddedGroup group = start();
        MastershipClient client = new MastershipClient(group.client())) {
      String master = group.awaitMaster();
      putSome(client, 20);

      String full = other(master);

      long stable = fillWhileAsking(group, client, full);

      assertThat(group.awaitMaster()).isNotEqualTo(full);
      assertGoesOnWithout(group, client, full, stable);
    }
  }

  @Test
  void aMasterWhoseDiskIsFullGivesWayAndNothingAnsweredIsLost() throws Exception {
    try (EmbeddedGroup group = start();
        MastershipClient client = new MastershipClient(group.client())) {
      String master = group.awaitMaster();
      putSome(client, 20);

      long stable = fillWhileAsking(group, client, master);

      assertThat(group.server(master).mastership().isMaster()).isFalse();
      assertThat(group.awaitMaster()).isNotEqualTo(master);
      assertGoesOnWithout(group, client, master, stable);
    }
  }

  @Test
  void aServerThatHasNoRoomForASnapshotGoesOnAndTakesItLater() throws Exception {
    try (EmbeddedGroup group = start();
        MastershipClient client = new MastershipClient(group.client())) {
      putSome(client, 300);
      String full = group.awaitMaster();
      Address address = group.server(full).configuration().self().address();
      disks.get(NAMES.indexOf(full)).fillBut(4);

      assertThatThrownBy(() -> client.snapshot(address).join())
          .hasMessageContaining("no snapshot was taken")
          .hasMessageContaining("No space left");

      putSome(client, 5);
      assertThat(status(group, full).path("failed").isTextual()).isFalse();
      assertThat(status(group, full).path("snapshot").asLong()).isZero();
      Files.delete(folder.resolve("data").resolve(full).resolve("filler"));
      assertThat(client.snapshot(address).join().sequence()).isGreaterThan(300);
      assertAllThere(client);
    }
  }

  private EmbeddedGroup start() throws Exception {
    for (String name : NAMES) {
      disks.add(SmallDisk.mount(folder.resolve("data").resolve(name), MEBIBYTES));
    }
    return EmbeddedGroup.start(folder, "guarantee: quorum", NAMES.size());
  }

  private static String other(String master) {
    return NAMES.stream().filter(name -> !name.equals(master)).findFirst().orElseThrow();
  }

  /** Every put that returns was answered: each is for a key of its own. */
  private void putSome(MastershipClient client, int count) {
    KeyValueClient store = new KeyValueClient(client);
    for (int i = 0; i < count; i++) {
      store.put(key(answered), VALUE).join();
      answered++;
    }
  }

  private static ByteString key(int number) {
    return ByteString.copyFromUtf8("key " + number);
  }

  /** Returns up to which entry the server had stored its log when it gave up. */
  private long fillWhileAsking(EmbeddedGroup group, MastershipClient client, String full)
      throws Exception {
    disks.get(NAMES.indexOf(full)).fill();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              putSome(client, 50);
              return status(group, full).path("failed").isTextual();
            });
    JsonNode status = status(group, full);
    assertThat(status.path("failed").asText())
        .startsWith("storage failed: can not write to the data folder ")
        .contains(full, "No space left")
        .endsWith("; make room or mend the disk, then start the server again");
    return status.path("stable").asLong();
  }

  private void assertGoesOnWithout(
      EmbeddedGroup group, MastershipClient client, String full, long stable) throws Exception {
    putSome(client, 20);
    JsonNode ofFull = status(group, full);
    assertThat(ofFull.path("stable").asLong()).isEqualTo(stable);
    assertThat(ofFull.path("isMaster").asBoolean()).isFalse();
    JsonNode ofMaster = status(group, group.awaitMaster());
    assertThat(peer(ofMaster, full).path("accepted").asLong()).isLessThanOrEqualTo(stable);
    assertThat(ofMaster.path("committed").asLong()).isGreaterThan(stable);
    assertAllThere(client);

    group.stop(full);
    Files.delete(folder.resolve("data").resolve(full).resolve("filler"));
    group.start(full);

    long committed = ofMaster.path("committed").asLong();
    await().atMost(PATIENCE).until(() -> status(group, full).path("stable").asLong() >= committed);
    assertAllThere(client);
  }

  private static JsonNode peer(JsonNode status, String name) {
    for (JsonNode each : status.path("peers")) {
      if (each.path("name").asText().equals(name)) {
        return each;
      }
    }
    throw new AssertionError(name + " is not in " + status);
  }

  private void assertAllThere(MastershipClient client) {
    KeyValueClient store = new KeyValueClient(client);
    for (int i = 0; i < answered; i++) {
      assertThat(store.get(key(i)).join()).contains(VALUE);
    }
  }

  private static JsonNode status(EmbeddedGroup group, String name) throws Exception {
    return new ObjectMapper().readTree(group.server(name).statusJson());
  }
}
