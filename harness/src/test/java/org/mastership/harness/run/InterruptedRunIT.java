package org.mastership.harness.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.processes.HarnessProcess;
import org.mastership.harness.report.ReportPage;

/** A run or a campaign that is ended from outside, in the middle of its work. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class InterruptedRunIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int SERVERS = 3;

  @TempDir private Path folder;
  private HarnessProcess harness;
  private List<ProcessHandle> servers = List.of();

  private void start(String command, String ground) throws Exception {
    harness =
        HarnessProcess.start(
            folder,
            command,
            ground,
            "--servers=" + SERVERS,
            "--duration=3600",
            "--faults=halves",
            "--seed=1",
            "--clients=2",
            "--times=2");
    harness.awaitFault();
    servers = harness.handle().children().toList();
    assertThat(servers).hasSize(SERVERS);
  }

  @AfterEach
  void end() {
    servers.forEach(ProcessHandle::destroyForcibly);
    harness.close();
  }

  @Test
  void interruptedItEndsItsServersAndJudgesWhatWasSeen() throws Exception {
    start("run", "--ground=processes");

    harness.signal("INT");

    assertThat(harness.ends()).isTrue();
    assertThat(servers).noneMatch(ProcessHandle::isAlive);
    JsonNode written = harness.written();
    assertThat(written.get("clean").asBoolean()).as("%s", written).isTrue();
    assertThat(written.at("/findings/0/verdict").asText()).isEqualTo("interrupted");
    assertThat(written.get("findings").findValuesAsText("what"))
        .contains("mastership", "registers");
    assertThat(harness.output()).content().contains("verdict: clean");
    assertThat(harness.file("report.html")).isNotEmptyFile();
    assertThat(harness.runFolders()).as("the second run is not begun").hasSize(1);
  }

  @Test
  void killedItLeavesAHistoryThatCanBeReadAndNoServer() throws Exception {
    start("run", "--ground=processes");

    harness.close();

    await().atMost(LONG).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(HistoryReader.operations(harness.file("history.jsonl"))).isNotEmpty();
    JsonNode written = harness.written();
    assertThat(written.has("findings")).isFalse();
    assertThat(written.at("/settings/ground").asText()).isEqualTo("processes");
    Path page = ReportPage.write(harness.file("run.json").getParent());
    assertThat(page)
        .content()
        .contains("did not end")
        .containsPattern("<td>s\\d</td><td>\\d+\\.\\d");
  }

  @Test
  void anInterruptedCampaignEndsTheRunThatGoesOnAndSaysWhatWasRun() throws Exception {
    start("campaign", "--grounds=processes");

    harness.signal("INT");

    assertThat(harness.ends()).isTrue();
    assertThat(servers).noneMatch(ProcessHandle::isAlive);
    assertThat(harness.written().at("/findings/0/verdict").asText()).isEqualTo("interrupted");
    assertThat(harness.output())
        .content()
        .contains("campaign: not complete   0 of 4 runs clean, 4 not run to their end");
    JsonNode summary =
        new ObjectMapper().readTree(harness.runs().resolve("campaign.json").toFile());
    assertThat(summary.at("/runs/0/verdict").asText()).isEqualTo("interrupted");
    assertThat(summary.get("clean").asBoolean()).isFalse();
  }
}
