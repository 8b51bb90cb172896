package org.mastership.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mastership.core.Guarantee;
import org.mastership.harness.report.ReportPage;
import org.mastership.harness.workload.Kind;

/** Runs in virtual time leave the folder that other runs leave, and are judged as they are. */
class SimulatedRunTest {
  private static final int RUNS_WITH_PAUSES = 8;
  private static final Duration DURATION = Duration.ofSeconds(4);
  private static final List<String> FILES =
      List.of("history.jsonl", "mastership.jsonl", "resource.jsonl", "faults.jsonl");

  @TempDir private Path folder;

  private RunResult run(Guarantee guarantee, Set<FaultKind> faults, long seed, String name)
      throws Exception {
    RunSettings settings =
        new RunSettings(
            Ground.SIMULATED, 5, guarantee, EnumSet.allOf(Kind.class), faults, DURATION, seed, 16);
    return Run.run(settings, folder.resolve(name), new PrintWriter(new StringWriter()));
  }

  private static Finding finding(RunResult result, String what) {
    return result.findings().stream()
        .filter(each -> each.what().equals(what))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void allFaultsTogetherBreakNoPromiseOfQuorum() throws Exception {
    double failovers = 0;
    for (long seed = 1; seed <= 20; seed++) {
      RunResult result = run(Guarantee.QUORUM, Ground.SIMULATED.can(), seed, "run" + seed);

      assertThat(result.isClean()).as("%s", result.lines()).isTrue();
      assertThat(result.findings())
          .extracting(Finding::what)
          .containsExactly(
              "promises", "mastership", "registers", "counter", "list-append", "fenced resource");
      assertThat(result.figures().get("answered requests")).isGreaterThan(500);
      failovers += result.figures().get("failovers");
    }
    assertThat(failovers).isPositive();
  }

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void eachFaultAloneIsWrittenDownWithItsBeginningAndItsEnd(FaultKind fault) throws Exception {
    RunResult result = run(Guarantee.QUORUM, Set.of(fault), 1, "run");

    List<JsonNode> lines = lines("run/faults.jsonl");
    assertThat(result.isClean()).as("%s", result.lines()).isTrue();
    assertThat(lines).filteredOn(line -> line.has("kind")).isNotEmpty();
    assertThat(lines)
        .filteredOn(line -> line.has("kind"))
        .allMatch(line -> line.get("kind").asText().equals(fault.toString()));
    assertThat(lines)
        .filteredOn(line -> line.get("type").asText().equals("ends"))
        .hasSize(result.figures().get("faults").intValue())
        .allMatch(line -> line.get("time").asLong() <= DURATION.toNanos());
  }

  @Test
  void theSameSeedGivesTheSameFilesByteForByte() throws Exception {
    run(Guarantee.QUORUM, Ground.SIMULATED.can(), 3, "first");
    run(Guarantee.QUORUM, Ground.SIMULATED.can(), 3, "second");
    run(Guarantee.QUORUM, Ground.SIMULATED.can(), 4, "other");

    for (String file : FILES) {
      Path first = folder.resolve("first").resolve(file);
      assertThat(folder.resolve("second").resolve(file)).hasSameBinaryContentAs(first);
      assertThat(Files.readAllBytes(folder.resolve("other").resolve(file)))
          .isNotEqualTo(Files.readAllBytes(first));
      assertThat(first).isNotEmptyFile();
    }
  }

  /** Some had an effect and some had none, and nobody was told: the checker tries both. */
  @Test
  void requestsWithoutAnAnswerAreInTheHistory() throws Exception {
    RunResult result = run(Guarantee.QUORUM, Set.of(FaultKind.DELAY), 3, "run");

    double unanswered = result.figures().get("unanswered requests");
    assertThat(lines("run/history.jsonl"))
        .filteredOn(line -> line.get("type").asText().equals("info"))
        .hasSize((int) unanswered)
        .isNotEmpty();
    assertThat(result.isClean()).as("%s", result.lines()).isTrue();
  }

  /** Not every pause hits a master that is about to write, so several runs are looked at. */
  @Test
  void aPausedMasterWritesLateAndIsRefused() throws Exception {
    double late = 0;
    for (int seed = 1; seed <= RUNS_WITH_PAUSES; seed++) {
      RunResult result = run(Guarantee.QUORUM, Set.of(FaultKind.PAUSE), seed, "run" + seed);

      double refused = result.figures().get("late writes refused by the resource");
      assertThat(lines("run" + seed + "/resource.jsonl"))
          .filteredOn(line -> line.get("type").asText().equals("refused"))
          .hasSize((int) refused)
          .allMatch(line -> line.get("epoch").asLong() < line.get("highest").asLong());
      assertThat(finding(result, "fenced resource").verdict()).isEqualTo("kept");
      late += refused;
    }

    assertThat(late).isPositive();
  }

  @Test
  void timedHasTwoMastersUnderAPartitionAndTheRunNamesTheFault() throws Exception {
    RunResult result = run(Guarantee.TIMED, Set.of(FaultKind.HALVES), 3, "run");

    assertThat(finding(result, "mastership").verdict())
        .isEqualTo("not linearizable, as timed allows");
    assertThat(finding(result, "mastership").sentence()).contains("explains it (halves ");
    assertThat(result.figures().get("times of two masters")).isPositive();
    assertThat(result.isClean()).as("%s", result.lines()).isTrue();
  }

  @Test
  void theEndIsToldInVirtualTimeAndThePageShowsWhatClientsSaw() throws Exception {
    run(Guarantee.QUORUM, Set.of(FaultKind.CRASH), 3, "run");

    JsonNode run = new ObjectMapper().readTree(folder.resolve("run/run.json").toFile());
    assertThat(run.get("endedNanos").asLong()).isBetween(7_500_000_000L, 9_000_000_000L);
    assertThat(run.at("/settings/workloads")).hasSize(Kind.values().length);
    assertThat(ReportPage.write(folder.resolve("run"))).content().contains("answered requests");
  }

  private List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(file))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }
}
