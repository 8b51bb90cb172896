package org.mastership.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.workload.Kind;

/** Runs in virtual time leave the folder that other runs leave. */
class SimulatedRunTest {
  @TempDir private Path folder;

  private RunResult run(Guarantee guarantee, Set<FaultKind> faults, long seed, String name)
      throws Exception {
    RunSettings settings =
        new RunSettings(
            Ground.SIMULATED,
            5,
            guarantee,
            EnumSet.allOf(Kind.class),
            faults,
            Duration.ofSeconds(4),
            seed,
            1);
    return Run.run(settings, folder.resolve(name), new PrintWriter(new StringWriter()));
  }

  @Test
  void allFaultsOfTheGroundBreakNoPromiseOfQuorum() throws Exception {
    for (long seed = 1; seed <= 20; seed++) {
      RunResult result = run(Guarantee.QUORUM, Ground.SIMULATED.can(), seed, "run" + seed);

      assertThat(result.isClean()).as("%s", result.lines()).isTrue();
      assertThat(result.figures().get("answered requests")).isPositive();
    }
  }

  @Test
  void theSameSeedGivesTheSameFilesByteForByte() throws Exception {
    run(Guarantee.QUORUM, Set.of(FaultKind.CRASH, FaultKind.PAUSE), 3, "first");
    run(Guarantee.QUORUM, Set.of(FaultKind.CRASH, FaultKind.PAUSE), 3, "second");

    for (String file : new String[] {"mastership.jsonl", "faults.jsonl"}) {
      assertThat(folder.resolve("second").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("first").resolve(file));
    }
    assertThat(Files.size(folder.resolve("first/mastership.jsonl"))).isGreaterThan(1_000);
  }

  @Test
  void theEndIsToldInVirtualTimeAndClientsOfTheHarnessThatWereNotUsedAreNot() throws Exception {
    run(Guarantee.QUORUM, Set.of(FaultKind.CRASH), 3, "run");

    JsonNode run = new ObjectMapper().readTree(folder.resolve("run/run.json").toFile());
    assertThat(run.get("endedNanos").asLong()).isBetween(7_000_000_000L, 8_000_000_000L);
    assertThat(run.at("/settings/workloads")).isEmpty();
  }
}
