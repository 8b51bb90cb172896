package org.mastership.harness.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mastership.core.Guarantee;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.recording.SpecificationTrace;
import org.mastership.spec.Specification;
import org.mastership.spec.trace.TraceCheck;

/** What real servers recorded while they were killed and paused is what the specification says. */
class ProcessTraceIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int SIZE = 3;
  private static final int ROUNDS = 4;
  private static final int REQUESTS_A_ROUND = 250;
  private static final int ENOUGH = 10_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void aRunWithKillsAndPausesIsABehaviourOfTheSpecification(Guarantee guarantee) throws Exception {
    try (ProcessGroup group = ProcessGroup.create(folder, SIZE, guarantee)) {
      group.startAll();
      try (GroupWatch watch = new GroupWatch(group);
          MastershipClient client = client(group)) {
        KeyValueClient keys = new KeyValueClient(client);
        for (int round = 1; round <= ROUNDS; round++) {
          ServerStatus master = watch.awaitWhole(LONG);
          CompletableFuture<?> asked = ask(keys, round);
          inflict(group, watch, round, master);
          asked.join();
        }
        watch.awaitWhole(LONG);
      }
      for (ServerProcess server : group.servers()) {
        server.stop();
      }
    }

    TraceCheck.Result result =
        new TraceCheck(Specification.in(Path.of("../spec")).modules(), folder.resolve("work"))
            .check(traces());

    System.out.printf(
        "%s: %d transitions of processes followed, %d messages from before a crash%n",
        guarantee, result.followed(), result.unrecorded());
    assertThat(result.reasons()).as(result.rejected()).isEmpty();
    assertThat(result.followed()).isGreaterThan(ENOUGH);
  }

  private static MastershipClient client(ProcessGroup group) {
    return new MastershipClient(
        ClientConfiguration.of(group.addresses().toArray(Address[]::new)).withDeadline(LONG));
  }

  /** Some requests, one after the other; half of them are answered when it returns. */
  private static CompletableFuture<?> ask(KeyValueClient keys, int round) {
    CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    CompletableFuture<?> half = last;
    for (int i = 0; i < REQUESTS_A_ROUND; i++) {
      ByteString key = ByteString.copyFromUtf8("key-" + i);
      ByteString value = ByteString.copyFromUtf8("value-" + round);
      last = last.thenCompose(before -> keys.put(key, value));
      if (i == REQUESTS_A_ROUND / 2) {
        half = last;
      }
    }
    half.join();
    return last;
  }

  /** Kills the master, at work, or lets it stand still until another one is master. */
  private static void inflict(ProcessGroup group, GroupWatch watch, int round, ServerStatus master)
      throws Exception {
    ServerProcess victim = group.server(master.number());
    if (round % 2 == 0) {
      victim.kill();
      awaitAnother(watch, master);
      victim.start();
    } else {
      victim.pause();
      awaitAnother(watch, master);
      victim.resume();
    }
  }

  private static void awaitAnother(GroupWatch watch, ServerStatus old) throws Exception {
    watch.await(
        "a new master",
        LONG,
        () -> watch.master().filter(master -> !master.epoch().equals(old.epoch())));
  }

  private List<Path> traces() throws IOException {
    List<Path> traces = new ArrayList<>();
    for (int number = 1; number <= SIZE; number++) {
      Path trace = folder.resolve("s" + number + ".trace");
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(trace));
          Stream<Path> recorded = Files.list(folder.resolve("data/s" + number + "/recording"))) {
        SpecificationTrace.write(recorded.sorted().toList(), out);
      }
      traces.add(trace);
    }
    return traces;
  }
}
