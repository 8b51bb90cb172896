package org.mastership.harness.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mastership.harness.run.FaultKind.CRASH;
import static org.mastership.harness.run.FaultKind.HALVES;
import static org.mastership.harness.run.FaultKind.ISOLATE_MASTER;
import static org.mastership.harness.run.FaultKind.LOSS;
import static org.mastership.harness.run.FaultKind.PAUSE;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.checker.KnownModel;
import org.mastership.harness.run.FaultKind;
import org.mastership.harness.run.Ground;
import org.mastership.harness.run.Run;
import org.mastership.harness.run.RunSettings;
import org.mastership.harness.workload.Kind;
import org.mastership.harness.workload.ServiceClient;
import org.mastership.node.service.ReplicatedService;

/** Services of one's own in virtual time: a good one, and such as are wrong. */
class SimulatedFaultTest {
  private static final NullNode NONE = NullNode.getInstance();

  @TempDir private Path folder;

  /** Counts, and tells the count. */
  abstract static class Counting implements ReplicatedService {
    long count;

    @Override
    public ByteString query(ByteString request) {
      return snapshot();
    }

    @Override
    public ByteString snapshot() {
      return ByteString.copyFromUtf8(Long.toString(count));
    }

    @Override
    public void restore(ByteString snapshot) {
      count = Long.parseLong(snapshot.toStringUtf8());
    }
  }

  /** Every tenth request counts twice. */
  static final class Generous extends Counting {
    @Override
    public ByteString execute(ByteString request) {
      count += count % 10 == 9 ? 2 : 1;
      return ByteString.EMPTY;
    }
  }

  /** Has nothing of what it is to be restored to. */
  static final class Forgetful extends Counting {
    @Override
    public ByteString execute(ByteString request) {
      count++;
      return ByteString.EMPTY;
    }

    @Override
    public void restore(ByteString snapshot) {}
  }

  /** Has something besides what its snapshot says, and the results show it. */
  static final class Incomplete extends Counting {
    private long executed;

    @Override
    public ByteString execute(ByteString request) {
      count++;
      executed++;
      return ByteString.copyFromUtf8(Long.toString(executed));
    }
  }

  /** Tells results that no other server tells. */
  static final class Capricious extends Counting {
    private final Random random = new Random();

    @Override
    public ByteString execute(ByteString request) {
      count++;
      return ByteString.copyFromUtf8(Long.toString(random.nextLong()));
    }
  }

  private static void count(ServiceClient client, Random random) {
    if (random.nextBoolean()) {
      client.request("incr", "", LongNode.valueOf(1), ByteString.EMPTY, answer -> NONE);
    } else {
      read(client);
    }
  }

  private static void read(ServiceClient client) {
    client.query(
        "read",
        "",
        NONE,
        ByteString.EMPTY,
        answer -> LongNode.valueOf(Long.parseLong(answer.toStringUtf8())));
  }

  @FaultTest(
      service = CounterFaultTest.Counter.class,
      ground = Ground.SIMULATED,
      servers = 5,
      faults = {CRASH, PAUSE, HALVES, ISOLATE_MASTER, LOSS},
      duration = "4s",
      seeds = 30)
  void aGoodServiceIsFineUnderEverySeed(FaultRun run) throws Exception {
    var result = run.judge(KnownModel.COUNTER, SimulatedFaultTest::count);

    assertThat(result.figures().get("answered requests")).isGreaterThan(100);
    assertThat(result.figures().get("failovers")).isPositive();
  }

  @FaultTest(
      service = CounterFaultTest.Counter.class,
      ground = Ground.SIMULATED,
      servers = 2,
      guarantee = Guarantee.TIMED,
      duration = "4s",
      seeds = 10)
  void aPairServesIt(FaultRun run) throws Exception {
    var result = run.judge(KnownModel.COUNTER, SimulatedFaultTest::count);

    assertThat(result.figures().get("answered requests")).isGreaterThan(100);
  }

  @FaultTest(service = Generous.class, ground = Ground.SIMULATED)
  void whatCountsTwiceIsFound(FaultRun run) {
    assertThatThrownBy(() -> run.judge(KnownModel.COUNTER, SimulatedFaultTest::count))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Generous: not linearizable: ")
        .hasMessageContaining("read -> ")
        .hasMessageEndingWith("seed 1, files in " + run.folder());
  }

  @FaultTest(service = Forgetful.class, ground = Ground.SIMULATED)
  void whatForgetsWhenItIsRestoredIsFound(FaultRun run) {
    assertThatThrownBy(() -> run.judge(KnownModel.COUNTER, SimulatedFaultTest::count))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("promises: broken: ")
        .hasMessageContaining("the service's own snapshot is another one then");
  }

  @FaultTest(service = Incomplete.class, ground = Ground.SIMULATED)
  void aSnapshotThatLacksSomethingIsFound(FaultRun run) {
    assertThatThrownBy(() -> run.judge(KnownModel.COUNTER, SimulatedFaultTest::count))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("restore is not the reverse of snapshot");
  }

  @FaultTest(
      service = Capricious.class,
      ground = Ground.SIMULATED,
      faults = {})
  void whatIsNotDeterministicIsFound(FaultRun run) {
    assertThatThrownBy(() -> run.judge(KnownModel.COUNTER, SimulatedFaultTest::count))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the service is not deterministic");
  }

  @FaultTest(service = CounterFaultTest.Counter.class, ground = Ground.SIMULATED)
  void aQuestionMayAskAFewThingsOrNothing(FaultRun run) throws Exception {
    var result =
        run.judge(
            KnownModel.COUNTER,
            (client, random) -> {
              for (int i = random.nextInt(3); i > 0; i--) {
                read(client);
              }
            });

    assertThat(result.figures().get("answered requests")).isGreaterThan(100);
  }

  @FaultTest(service = CounterFaultTest.Counter.class, ground = Ground.SIMULATED)
  void aQuestionThatFailsIsTold(FaultRun run) {
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () ->
                run.judge(
                    KnownModel.COUNTER,
                    (client, random) -> {
                      read(client);
                      assertThat(asked.incrementAndGet()).isLessThan(10);
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("a client failed: ")
        .hasCauseInstanceOf(AssertionError.class);
  }

  @Test
  void theSameSeedGivesTheSameFilesByteForByte() throws Exception {
    run(3, "first");
    run(3, "second");
    run(4, "other");

    for (String file : List.of("history.jsonl", "mastership.jsonl", "faults.jsonl")) {
      Path first = folder.resolve("first").resolve(file);
      assertThat(folder.resolve("second").resolve(file)).hasSameBinaryContentAs(first);
      assertThat(Files.readAllBytes(folder.resolve("other").resolve(file)))
          .isNotEqualTo(Files.readAllBytes(first));
      assertThat(first).isNotEmptyFile();
    }
  }

  private void run(long seed, String name) throws Exception {
    Set<FaultKind> faults = Ground.SIMULATED.can();
    RunSettings settings =
        new RunSettings(
            Ground.SIMULATED,
            5,
            Guarantee.QUORUM,
            EnumSet.noneOf(Kind.class),
            faults,
            Duration.ofSeconds(4),
            seed,
            8);
    Run.ofService(
        settings,
        folder.resolve(name),
        CounterFaultTest.Counter.class,
        SimulatedFaultTest::count,
        KnownModel.COUNTER);
  }
}
