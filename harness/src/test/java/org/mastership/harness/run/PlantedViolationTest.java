package org.mastership.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.campaign.Campaign;
import org.mastership.harness.campaign.Plan;
import org.mastership.harness.campaign.PlannedRun;
import org.mastership.harness.campaign.Summary;
import org.mastership.harness.embedded.EmbeddedGroup;
import org.mastership.harness.workload.Kind;
import org.mastership.node.service.KeyValueService;
import org.mastership.node.service.ReplicatedService;

/** A run of servers that do wrong is not clean, and shows what they did. */
class PlantedViolationTest {
  @TempDir private Path folder;

  @Test
  void aServiceThatForgetsAnsweredRequestsIsFoundAndExplained() throws Exception {
    RunSettings settings = settings(Ground.EMBEDDED, Set.of());

    assertFoundAndExplained(run(settings, Forgetful::new));
    assertThat(folder.resolve("run/servers")).isNotEmptyDirectory();
  }

  /** The promises of the protocol are kept there: only what clients saw tells. */
  @Test
  void itIsFoundOnTheSimulatedGroundToo() throws Exception {
    RunSettings settings = settings(Ground.SIMULATED, Set.of(FaultKind.CRASH));

    RunResult result =
        new SimulatedRun(
                settings,
                RunFolder.create(folder.resolve("run")),
                Forgetful::new,
                new Load.KeyValue(settings))
            .run();

    assertFoundAndExplained(result);
    assertThat(result.findings()).filteredOn(Finding::isGood).hasSize(3);
  }

  @Test
  void aCampaignWithSuchAServiceIsNotClean() throws Exception {
    Plan.Shape shape =
        new Plan.Shape(List.of(Ground.SIMULATED), List.of(Guarantee.QUORUM), 1, 0, 1);
    List<PlannedRun> plan =
        Plan.of(
            shape,
            ground -> Set.of(FaultKind.CRASH, FaultKind.HALVES),
            (ground, guarantee, faults, seed) -> settings(ground, faults));
    StringWriter told = new StringWriter();

    Summary summary =
        new Campaign(
                plan,
                Map.of(),
                folder,
                false,
                new PrintWriter(told),
                (settings, path, out) ->
                    new SimulatedRun(
                            settings,
                            RunFolder.create(path),
                            Forgetful::new,
                            new Load.KeyValue(settings))
                        .run())
            .run();

    assertThat(summary.isClean()).isFalse();
    assertThat(summary.bad()).hasSize(2);
    assertThat(told.toString()).contains("counter: not linearizable").contains("NOT CLEAN");
  }

  private RunResult run(RunSettings settings, Supplier<ReplicatedService> services)
      throws Exception {
    return Run.run(
        settings,
        folder.resolve("run"),
        new PrintWriter(new StringWriter()),
        (files, wanted, resource) ->
            EmbeddedGroup.create(
                files, 3, Guarantee.QUORUM, services, Optional.of(resource.address())));
  }

  private static RunSettings settings(Ground ground, Set<FaultKind> faults) {
    return new RunSettings(
        ground, 3, Guarantee.QUORUM, Set.of(Kind.COUNTER), faults, Duration.ofSeconds(3), 1, 4);
  }

  private static void assertFoundAndExplained(RunResult result) {
    assertThat(result.isClean()).isFalse();
    assertThat(result.findings())
        .filteredOn(finding -> finding.what().equals("counter"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo("not linearizable");
              assertThat(finding.explanation()).isNotEmpty();
            });
    assertThat(result.lines()).last().asString().startsWith("verdict: NOT CLEAN");
  }

  /** Else a crash, which is followed by a start, could hide it. */
  @Test
  void aServerThatStopsTakingPartEndsTheRunWhichIsNotClean() throws Exception {
    AtomicInteger made = new AtomicInteger();
    RunSettings settings =
        new RunSettings(
            Ground.EMBEDDED,
            3,
            Guarantee.QUORUM,
            Set.of(Kind.COUNTER),
            Set.of(FaultKind.HAND_OVER),
            Duration.ofMinutes(2),
            1,
            4);

    RunResult result =
        run(settings, () -> made.incrementAndGet() == 3 ? new Forgetful() : new KeyValueService());

    assertThat(result.isClean()).isFalse();
    assertThat(result.findings())
        .filteredOn(finding -> finding.what().equals("servers"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo("stopped by themselves");
              assertThat(finding.sentence())
                  .containsPattern("s\\d has stopped taking part")
                  .contains("results of this server differ");
            });
  }

  /** Answers every tenth request, and is then as it was before. */
  private static final class Forgetful implements ReplicatedService {
    private final KeyValueService service = new KeyValueService();
    private byte executed;

    @Override
    public ByteString execute(ByteString request) {
      ByteString before = service.snapshot();
      ByteString result = service.execute(request);
      executed = (byte) ((executed + 1) % 10);
      if (executed == 0) {
        service.restore(before);
      }
      return result;
    }

    @Override
    public ByteString query(ByteString request) {
      return service.query(request);
    }

    @Override
    public ByteString snapshot() {
      return ByteString.copyFrom(new byte[] {executed}).concat(service.snapshot());
    }

    @Override
    public void restore(ByteString snapshot) {
      executed = snapshot.byteAt(0);
      service.restore(snapshot.substring(1));
    }
  }
}
