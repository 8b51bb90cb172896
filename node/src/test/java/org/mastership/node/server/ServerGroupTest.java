package org.mastership.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.recording.Recording;
import org.mastership.node.server.MastershipEvent.Kind;
import org.mastership.node.service.KeyValueService;
import org.mastership.node.service.ReplicatedService;

/** Real servers in one process: what a user of {@link ServerGroup} and {@link Mastership} sees. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ServerGroupTest {
  @TempDir private Path folder;

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  @Test
  void aListenerIsToldTheStateAndThenEveryChangeAndEveryGainIsClosedByALoss() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, "guarantee: quorum", 3)) {
      String first = group.awaitMaster();
      List<MastershipEvent> ofMaster = new CopyOnWriteArrayList<>();
      group.server(first).mastership().subscribe(ofMaster::add);
      await().until(() -> !ofMaster.isEmpty());
      assertThat(ofMaster.get(0).kind()).isEqualTo(Kind.GAINED);

      group.kill(first);
      String second = group.awaitMaster();
      List<MastershipEvent> ofNext = new CopyOnWriteArrayList<>();
      group.server(second).mastership().subscribe(ofNext::add);
      await().until(() -> !ofNext.isEmpty());

      assertThat(second).isNotEqualTo(first);
      assertThat(ofMaster).extracting(MastershipEvent::kind).contains(Kind.LOST);
      assertPairs(ofMaster);
      assertThat(ofNext.get(0).kind()).isEqualTo(Kind.GAINED);
      assertThat(ofNext.get(0).epoch()).isGreaterThan(ofMaster.get(0).epoch());
      assertThat(ofNext.get(0).master()).isEqualTo(second);
    }
  }

  @Test
  void whoBringsMoreThanMayWaitAtOnceIsAnsweredAllOfIt() throws Exception {
    String settings = "guarantee: quorum\nlimits: { pending_bytes: 2KiB, pending_requests: 4096 }";
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, settings, 3);
        MastershipClient client = new MastershipClient(group.client())) {
      KeyValueClient keys = new KeyValueClient(client);
      List<CompletableFuture<?>> puts = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        puts.add(keys.put(bytes("k" + i % 7), bytes("v".repeat(20_000))));
      }

      CompletableFuture.allOf(puts.toArray(CompletableFuture[]::new)).get(2, TimeUnit.MINUTES);
    }
  }

  /** GAINED and LOST of one epoch take turns; UNSURE and SURE come only between them. */
  private static void assertPairs(List<MastershipEvent> events) {
    long held = 0;
    for (MastershipEvent event : events) {
      switch (event.kind()) {
        case GAINED -> {
          assertThat(held).as("%s", events).isZero();
          held = event.epoch();
        }
        case LOST -> {
          assertThat(event.epoch()).as("%s", events).isEqualTo(held);
          held = 0;
        }
        case UNSURE, SURE -> assertThat(event.epoch()).as("%s", events).isEqualTo(held);
        case FOLLOWING, SUSPECTED -> assertThat(held).as("%s", events).isZero();
      }
    }
    assertThat(held).isZero();
  }

  @Test
  void aListenerThatFailsOrIsSlowHarmsNobody() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, "guarantee: quorum", 2)) {
      String master = group.awaitMaster();
      List<MastershipEvent> told = new CopyOnWriteArrayList<>();
      Mastership mastership = group.server(master).mastership();
      mastership.subscribe(
          event -> {
            throw new IllegalStateException("a listener of a test fails");
          });
      mastership.subscribe(told::add);

      await().until(() -> !told.isEmpty());
      await()
          .atMost(1, TimeUnit.MINUTES)
          .until(() -> group.server(group.awaitMaster()).mastership().fencingToken() != 0);
    }
  }

  @Test
  void underTimedOneSurvivorServesAndNothingAnsweredIsLost() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, "guarantee: timed", 2);
        MastershipClient client = new MastershipClient(group.client())) {
      KeyValueClient store = new KeyValueClient(client);
      String master = group.awaitMaster();
      await()
          .atMost(1, TimeUnit.MINUTES)
          .until(() -> group.server(master).statusJson().contains("\"functional\":true"));
      store.increment(bytes("n"), 5).join();
      group.kill(master);

      assertThat(store.increment(bytes("n"), 2).join()).isEqualTo(7);
    }
  }

  @Test
  void allServersStopAndStartAndEveryAnsweredRequestIsStillThere() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, "guarantee: quorum", 3);
        MastershipClient client = new MastershipClient(group.client())) {
      KeyValueClient store = new KeyValueClient(client);
      for (int i = 1; i <= 50; i++) {
        store.append(bytes("list"), bytes("element " + i)).join();
      }
      for (String name : List.of("s1", "s2", "s3")) {
        group.kill(name);
      }
      for (String name : List.of("s1", "s2", "s3")) {
        group.start(name);
      }

      assertThat(store.getList(bytes("list")).join().orElseThrow()).hasSize(50);
    }
  }

  @Test
  void aServerWhoseResultsDifferIsFencedAndSaysSo() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, "guarantee: quorum", 3, Corrupt::new);
        MastershipClient client = new MastershipClient(group.client())) {
      KeyValueClient store = new KeyValueClient(client);
      for (int i = 0; i < 20; i++) {
        store.put(bytes("key " + i), bytes("value")).join();
      }

      await()
          .atMost(1, TimeUnit.MINUTES)
          .untilAsserted(
              () ->
                  assertThat(group.server("s3").statusJson())
                      .contains("results of this server differ"));
      assertThat(store.put(bytes("after"), bytes("value")).join()).isNotNull();
    }
  }

  /** A key-value service whose results are wrong at server s3. */
  private static final class Corrupt implements ReplicatedService {
    private final String name;
    private final ReplicatedService sound = new KeyValueService();

    Corrupt(String name) {
      this.name = name;
    }

    @Override
    public ByteString execute(ByteString request) {
      ByteString result = sound.execute(request);
      return name.equals("s3") ? result.concat(bytes("!")) : result;
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
    public void restore(ByteString snapshot) {
      sound.restore(snapshot);
    }
  }

  @Test
  void aServerThatCanNotStartSaysWhatIsInItsWay() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, "guarantee: quorum", 2)) {
      assertThatThrownBy(() -> ServerGroup.start(group.configuration("s1"), new KeyValueService()))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContaining("s1")
          .hasMessageContaining("in use by another process");

      group.kill("s2");
      int port = group.configuration("s2").self().address().port();
      try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(taken.isBound()).isTrue();
        assertThatThrownBy(() -> group.start("s2"))
            .isInstanceOf(ServerStartException.class)
            .hasMessageContaining("127.0.0.1:" + port)
            .hasMessageContaining("stop what uses the address");
      }
      group.start("s2");
      assertThat(group.awaitMaster()).isNotNull();
    }
  }

  @Test
  void theRecordingOfEachServerCanBeReplayed() throws Exception {
    List<Path> segments = new ArrayList<>();
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, "guarantee: quorum", 3)) {
      await()
          .atMost(1, TimeUnit.MINUTES)
          .until(
              () ->
                  group.servers().stream()
                      .allMatch(each -> each.mastership().master().isPresent()));
    }
    try (var files = Files.walk(folder)) {
      files.filter(file -> file.toString().endsWith(".recording")).forEach(segments::add);
    }

    assertThat(segments).hasSize(3);
    for (Path segment : segments) {
      long[] elected = {0};
      long count =
          Recording.replay(
              segment,
              (number, now, before, input, step) ->
                  elected[0] += step.state().mastership().isKnown() ? 1 : 0);
      assertThat(count).isPositive();
      assertThat(elected[0]).isPositive();
    }
  }
}
