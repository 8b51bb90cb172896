package org.mastership.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.run.FaultKind;
import org.mastership.harness.run.Ground;
import org.mastership.harness.run.RunSettings;
import org.mastership.harness.workload.Kind;
import org.mastership.node.cli.ExitCodes;
import picocli.CommandLine;

class CampaignCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  private int execute(CommandLine command, String... arguments) {
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  /** On a machine without a container engine. */
  private static CommandLine withoutContainers() {
    return new CommandLine(
            new CampaignCommand(
                ground ->
                    ground == Ground.CONTAINERS ? Optional.of("no engine") : Optional.empty()))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Test
  void aSmallOneOnTwoGroundsIsCleanAndLeavesAFolderForEachRunAndASummary() throws Exception {
    int status =
        execute(
            withoutContainers(),
            "--grounds=simulated,embedded",
            "--guarantees=quorum",
            "--faults=crash,pause",
            "--mixtures=1",
            "--servers=3",
            "--clients=4",
            "--duration=2",
            "--seed=1",
            "--out=" + folder);

    assertThat(status).as("%s", out).isEqualTo(ExitCodes.OK);
    for (String run :
        new String[] {
          "simulated-quorum-crash-1",
          "simulated-quorum-pause-1",
          "simulated-quorum-mixture-1",
          "embedded-quorum-crash-1"
        }) {
      assertThat(folder.resolve(run).resolve("run.json")).isNotEmptyFile();
      assertThat(folder.resolve(run).resolve("report.html")).isNotEmptyFile();
    }
    JsonNode written = new ObjectMapper().readTree(folder.resolve("campaign.json").toFile());
    assertThat(written.get("clean").asBoolean()).isTrue();
    assertThat(written.get("runs")).as("embedded has no pause, so no mixture").hasSize(4);
    assertThat(written.get("rows").findValuesAsText("faults"))
        .containsExactly("crash", "pause", "mixture", "crash");
    assertThat(out.toString()).endsWith("campaign: clean   4 of 4 runs clean\n");
  }

  @Test
  void aGroundThatCanNotRunHereIsLeftOutAndSaid() {
    int status =
        execute(
            withoutContainers(),
            "--grounds=simulated,containers",
            "--guarantees=quorum",
            "--faults=crash",
            "--servers=3",
            "--duration=1",
            "--out=" + folder);

    assertThat(status).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .startsWith("left out: containers, no engine\n")
        .contains("not run on containers: no engine");
  }

  @Test
  void aGroundThatCanNotRunHereIsAFailureWhereItIsRequired() {
    int status =
        execute(
            withoutContainers(), "--grounds=simulated,containers", "--require", "--out=" + folder);

    assertThat(status).isEqualTo(ExitCodes.UNAVAILABLE);
    assertThat(out.toString()).isEqualTo("left out: containers, no engine\n");
    assertThat(err.toString()).contains("can not run here");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatCanNotBeRunIsRefusedBeforeAnythingIs() {
    int status = execute(withoutContainers(), "--servers=2", "--out=" + folder);

    assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("quorum needs 3 servers or more");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theCommandThatRepeatsARunHasTheSameSettings() {
    RunSettings settings =
        new RunSettings(
            Ground.CONTAINERS,
            4,
            Guarantee.TIMED,
            Set.of(Kind.COUNTER, Kind.LIST_APPEND),
            Set.of(FaultKind.FULL_DISK, FaultKind.ONE_WAY),
            Duration.ofSeconds(7),
            123,
            9);
    List<String> words = List.of(settings.command().split(" ", -1));
    RunCommand command = new RunCommand();

    new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(words.subList(2, words.size()).toArray(String[]::new));

    assertThat(command.settings(123)).isEqualTo(settings);
    assertThat(settings.command()).contains("--seed 123");
  }
}
