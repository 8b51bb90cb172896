package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.checker.MastershipChecker;
import org.mastership.harness.network.Delay;
import org.mastership.harness.network.Links.Link;
import org.mastership.harness.processes.GroupWatch;
import org.mastership.harness.processes.ServerStatus;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ServerConfiguration.Address;

/** Each fault of networks and disks alone, on one group of three. */
@ExtendWith(ContainerTests.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerFaultsIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final long DISK_BYTES = 256 << 20;
  private static final ByteString KEY = ByteString.copyFromUtf8("key");

  private Path folder;
  @AutoClose private ContainerGroup group;
  @AutoClose private GroupWatch watch;
  @AutoClose private MastershipClient client;
  private KeyValueClient keys;
  private ServerStatus master;
  private ContainerServer backup;

  @BeforeAll
  void startGroup(@TempDir Path temporary) throws Exception {
    folder = temporary;
    group =
        ContainerGroup.create(folder, new ContainerGroup.Settings(3, Guarantee.QUORUM, DISK_BYTES));
    watch = new GroupWatch(group);
    client =
        new MastershipClient(
            ClientConfiguration.of(group.addresses().toArray(Address[]::new)).withDeadline(LONG));
    keys = new KeyValueClient(client);
    group.startAll();
  }

  @BeforeEach
  void awaitMaster() throws Exception {
    master = watch.awaitWhole(LONG);
    backup = group.server(1 + master.number() % 3);
  }

  @AfterEach
  void heal() throws Exception {
    group.links().heal();
    for (ContainerServer server : group.servers()) {
      server.hardware(0, 0);
    }
    watch.awaitWhole(LONG);
    assertThat(MastershipChecker.problem(group.masterships())).isEmpty();
  }

  private void write() {
    keys.put(KEY, ByteString.copyFromUtf8("value")).join();
  }

  private boolean isFollowing(int back) {
    return watch.statuses().stream()
        .filter(ServerStatus::isMaster)
        .anyMatch(each -> each.isFollowedBy(back, 0));
  }

  @Test
  void aMasterThatIsHeardButHearsNothingIsReplacedAndTheGroupServes() throws Exception {
    for (ContainerServer server : group.servers()) {
      if (server.number() != master.number()) {
        group.links().cut(server.number(), master.number());
      }
    }
    ServerStatus next =
        watch.await(
            "another master",
            LONG,
            () -> watch.master().filter(each -> each.number() != master.number()));
    write();
    assertThat(next.number()).isNotEqualTo(master.number());
  }

  @Test
  void aBackUpThatIsCutOffIsMissedAndComesBack() throws Exception {
    group.links().isolate(backup.number());
    await().atMost(LONG).until(() -> !isFollowing(backup.number()));
    write();

    group.links().heal();

    watch.awaitWhole(LONG);
  }

  @Test
  void writesWaitForTheDelayThereAndBack() throws Exception {
    Delay delay = new Delay(Duration.ofMillis(12), Duration.ofMillis(3));
    for (int from = 1; from <= 3; from++) {
      for (int to = 1; to <= 3; to++) {
        if (from != to) {
          group.links().delay(List.of(new Link(from, to)), delay);
        }
      }
    }
    watch.awaitWhole(LONG);

    long begun = System.nanoTime();
    write();

    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(2 * delay.least().toNanos());
  }

  @Test
  void theGroupServesThoughPacketsAreLost() throws Exception {
    group.links().lose(List.of(new Link(master.number(), backup.number())), 0.3);
    for (int i = 0; i < 20; i++) {
      write();
    }
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              write();
              assertThat(counters(backup))
                  .containsPattern("\\[[1-9]\\d*:\\d+] -A FAULTS-IN .*statistic");
            });
  }

  private String counters(ContainerServer server) throws Exception {
    return Engine.run(Engine.client(), machineId(server), "iptables-save", "-c", "-t", "filter");
  }

  private String machineId(ContainerServer server) {
    return group.name() + "-" + server.name() + "-machine";
  }

  @Test
  void aServerWhoseDiskIsFullStopsAndTheOthersServe() throws Exception {
    ContainerServer full = group.server(master.number());
    full.fillDisk();
    watch.await(
        "the server whose disk is full to say so",
        LONG,
        () -> {
          writeMuch();
          return watch.statuses().stream()
              .filter(each -> each.number() == full.number())
              .filter(each -> each.failed().contains("No space left"))
              .findFirst();
        });
    ServerStatus next =
        watch.await(
            "another master",
            LONG,
            () -> watch.master().filter(each -> each.number() != full.number()));
    write();
    assertThat(next.number()).isNotEqualTo(full.number());
    awaitLog(full, "can not write to the data folder");
    awaitLog(full, "No space left");

    full.freeDisk();
    full.kill();
    full.start();
  }

  /** What a server has set aside of its disk before is used first. */
  private void writeMuch() {
    ByteString large = ByteString.copyFrom(new byte[60_000]);
    CompletableFuture<?>[] writes = new CompletableFuture<?>[50];
    Arrays.setAll(writes, each -> keys.put(KEY, large));
    CompletableFuture.allOf(writes).join();
  }

  @Test
  void aWriteWaitsForTheDiskOfAMajority() throws Exception {
    Duration more = Duration.ofMillis(300);
    for (ContainerServer server : group.servers()) {
      server.hardware(0, more.toMillis());
    }
    for (ContainerServer server : group.servers()) {
      awaitLog(server, "the disk takes " + more.toMillis() + " ms longer");
    }
    watch.awaitWhole(LONG);

    long begun = System.nanoTime();
    write();

    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(more.toNanos());
  }

  @Test
  void theGroupServesThoughClocksAreOffByTheDriftThatIsConfigured() throws Exception {
    group.server(master.number()).hardware(500, 0);
    backup.hardware(-500, 0);

    awaitLog(group.server(master.number()), "the clock is off by 500 ppm");
    awaitLog(backup, "the clock is off by -500 ppm");
    write();
  }

  private void awaitLog(ContainerServer server, String text) {
    await()
        .atMost(LONG)
        .until(
            () -> {
              server.saveLog();
              return Files.readString(folder.resolve(server.name() + ".log")).contains(text);
            });
  }

  @Test
  void aServerThatIsStoppedLeavesInOrderAndComesBackWithItsData() throws Exception {
    backup.stop();
    assertThat(backup.isRunning()).isFalse();
    write();

    backup.start();

    ServerStatus whole = watch.awaitWhole(LONG);
    assertThat(whole.number() == backup.number() || whole.isFollowedBy(backup.number(), 1))
        .isTrue();
  }

  @Test
  void linksThatThereAreNotAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> group.links().cut(1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> group.links().cut(1, 4))
        .withMessage("no link from 1 to 4 of 3 servers");
  }
}
