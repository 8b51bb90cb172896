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
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.checker.MastershipHistory;
import org.mastership.harness.checker.Verdict;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.workload.Kind;

/** Runs of real processes under faults. */
class RunIT {
  private static final Duration SHORT = Duration.ofSeconds(12);

  @TempDir private Path folder;

  private RunResult run(int servers, Guarantee guarantee, Set<FaultKind> faults, long seed)
      throws Exception {
    RunSettings settings =
        new RunSettings(
            Ground.PROCESSES,
            servers,
            guarantee,
            EnumSet.allOf(Kind.class),
            faults,
            SHORT,
            seed,
            6);
    return Run.run(settings, folder.resolve("run"), new PrintWriter(new StringWriter()));
  }

  private static Finding finding(RunResult result, String what) {
    return result.findings().stream()
        .filter(each -> each.what().equals(what))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void underEveryFaultOfTheGroundQuorumKeepsItsPromises() throws Exception {
    RunResult result = run(5, Guarantee.QUORUM, Ground.PROCESSES.can(), 11);

    assertThat(result.isClean()).as("%s", result.lines()).isTrue();
    assertThat(result.findings())
        .extracting(Finding::what)
        .containsExactly(
            "group in the end",
            "mastership",
            "registers",
            "counter",
            "list-append",
            "fenced resource");
    assertThat(result.figures().get("faults")).isPositive();
    assertThat(result.figures().get("answered requests")).isGreaterThan(100);
    assertThat(folder.resolve("run/servers")).doesNotExist();
  }

  /** The folder can be read without the run: the masterships as any history of that model. */
  @Test
  void theFilesOfARunSayWhatItWas() throws Exception {
    RunResult result = run(3, Guarantee.QUORUM, Set.of(FaultKind.CRASH), 5);

    JsonNode run = new ObjectMapper().readTree(folder.resolve("run/run.json").toFile());
    assertThat(run.at("/settings/ground").asText()).isEqualTo("processes");
    assertThat(run.at("/settings/seed").asLong()).isEqualTo(5);
    assertThat(run.at("/clean").asBoolean()).isEqualTo(result.isClean());
    List<String> faults = Files.readAllLines(folder.resolve("run/faults.jsonl"));
    assertThat(faults).filteredOn(line -> line.contains("begins")).isNotEmpty();
    assertThat(faults).hasSize(2 * result.figures().get("faults").intValue());
    Path masterships = folder.resolve("run/mastership.jsonl");
    assertThat(MastershipHistory.check(HistoryReader.plain(), masterships, false))
        .isInstanceOf(Verdict.Linearizable.class);
  }

  @Test
  void timedHasTwoMastersUnderAPartitionAndTheRunNamesTheFault() throws Exception {
    RunResult result = run(4, Guarantee.TIMED, Set.of(FaultKind.HALVES), 3);

    Finding masterships = finding(result, "mastership");
    assertThat(masterships.verdict()).isEqualTo("not linearizable, as timed allows");
    assertThat(masterships.sentence()).contains("explains it (halves ");
    assertThat(finding(result, "group in the end").verdict()).isEqualTo("whole");
    assertThat(result.figures().get("times of two masters")).isPositive();
    assertThat(result.figures()).containsKey("one master again after healing ms");
    assertThat(result.figures().get("discarded requests, in all logs")).isPositive();
    assertThat(result.isClean()).as("%s", result.lines()).isTrue();
  }

  @Test
  void aMasterThatHandsOverLeavesNoRequestUnanswered() throws Exception {
    RunResult result = run(3, Guarantee.QUORUM, Set.of(FaultKind.HAND_OVER), 7);

    assertThat(result.isClean()).as("%s", result.lines()).isTrue();
    assertThat(result.figures().get("unanswered requests")).isZero();
    assertThat(result.figures().get("hand-overs alone")).isPositive();
  }
}
