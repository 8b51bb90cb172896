package org.mastership.harness.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.core.Input;
import org.mastership.harness.checker.MastershipChecker;
import org.mastership.harness.checker.Observation;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.recording.Recording;

/** Groups of real processes under what can happen to processes. */
class ProcessGroupIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration LEASE = Duration.ofMillis(105);
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
  private static final int SIZE = 3;

  @TempDir private Path folder;
  @AutoClose private ProcessGroup group;
  @AutoClose private GroupWatch watch;
  private ServerStatus master;

  @BeforeEach
  void start() throws Exception {
    group = ProcessGroup.observed(folder, SIZE, Guarantee.QUORUM);
    group.startAll();
    watch = new GroupWatch(group);
    master = watch.awaitWhole(LONG);
  }

  private MastershipClient client(List<Address> servers) {
    return new MastershipClient(
        ClientConfiguration.of(servers.toArray(Address[]::new)).withDeadline(LONG));
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  @Test
  void everyAnsweredRequestIsThereAfterAllServersWereKilledAtOnce() throws Exception {
    Set<Integer> answered = ConcurrentHashMap.newKeySet();
    try (MastershipClient client = client(group.addresses())) {
      KeyValueClient keys = new KeyValueClient(client);
      List<CompletableFuture<?>> asked = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        int number = i;
        asked.add(
            keys.put(bytes("key-" + i), bytes("value-" + i))
                .thenAccept(existed -> answered.add(number)));
      }
      CompletableFuture.allOf(asked.subList(0, 101).toArray(CompletableFuture[]::new)).join();
      group.crashAll();
    }
    assertThat(answered).hasSizeGreaterThan(100);

    group.startAll();
    watch.awaitWhole(LONG);

    try (MastershipClient client = client(group.addresses())) {
      KeyValueClient keys = new KeyValueClient(client);
      for (int number : Set.copyOf(answered)) {
        assertThat(keys.get(bytes("key-" + number)).join()).contains(bytes("value-" + number));
      }
    }
  }

  @Test
  void aMasterThatWasPausedAnswersNothingAsMasterAfterItWakes() throws Exception {
    ServerProcess paused = group.server(master.number());
    List<Address> others =
        group.addresses().stream().filter(each -> !each.equals(paused.address())).toList();
    try (MastershipClient atOld = client(List.of(paused.address()));
        MastershipClient atOthers = client(others)) {
      KeyValueClient oldKeys = new KeyValueClient(atOld);
      oldKeys.put(bytes("key"), bytes("before")).join();

      paused.pause();
      long pausedNanos = System.nanoTime();
      new KeyValueClient(atOthers).put(bytes("key"), bytes("during")).join();
      ServerStatus next = watch.await("the next master", LONG, watch::master);
      CompletableFuture<Optional<ByteString>> read = oldKeys.get(bytes("key"));
      sleepUntil(pausedNanos + 3 * LEASE.toNanos());
      long resumedNanos = System.nanoTime();
      paused.resume();

      assertThat(read.join()).contains(bytes("during"));
      assertThat(watch.awaitWhole(LONG).epoch()).isNotEqualTo(master.epoch());
      assertThat(paused.masterships())
          .as("what it says after it woke, of a tenure before the next one")
          .noneMatch(
              seen ->
                  seen.before() > resumedNanos && seen.token() != 0 && seen.token() < next.token());
    }
    await()
        .atMost(LONG)
        .until(() -> group.masterships().stream().map(Observation::server).distinct().count() > 1);
    assertThat(MastershipChecker.problem(group.masterships())).isEmpty();
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(Math.max(0, nanos - System.nanoTime()));
  }

  @Test
  void anIdleGroupSendsTwoMessagesOfEachBackUpInADetectionPeriod() throws Exception {
    long from = System.nanoTime();
    sleepUntil(from + 80 * PERIOD_NANOS);
    long to = System.nanoTime();
    for (ServerProcess server : group.servers()) {
      server.stop();
    }

    double periods = (to - from) / (double) PERIOD_NANOS;
    double perPeriod = received(from, to) / periods;

    int intended = 2 * (SIZE - 1);
    assertThat(perPeriod).isBetween(0.5 * intended, 1.1 * intended);
  }

  /** How many messages the servers received between two times, according to their recordings. */
  private long received(long from, long to) throws IOException {
    long[] count = {0};
    for (ServerProcess server : group.servers()) {
      Path recording = folder.resolve("data").resolve(server.name()).resolve("recording");
      List<Path> segments;
      try (Stream<Path> files = Files.list(recording)) {
        segments = files.toList();
      }
      for (Path segment : segments) {
        Recording.replay(
            segment,
            (number, now, before, input, step) -> {
              if (now >= from && now <= to && input instanceof Input.Received) {
                count[0]++;
              }
            });
      }
    }
    return count[0];
  }
}
