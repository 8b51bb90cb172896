package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.processes.HarnessProcess;

/** What is left of a run that ends in the middle of its work, in the engine and in its folder. */
@ExtendWith(ContainerTests.class)
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class LeftoversIT {
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private HarnessProcess run;
  private String label;

  private void startRun() throws Exception {
    Image.SERVER.build();
    Image.MACHINE.build();
    run =
        HarnessProcess.start(
            Files.createDirectory(folder.resolve("first")),
            "run",
            "--ground=containers",
            "--servers=2",
            "--guarantee=timed",
            "--duration=3600",
            "--faults=halves",
            "--seed=1",
            "--clients=2");
    label = label(run);
  }

  private void startRunAndAwaitFault() throws Exception {
    startRun();
    run.awaitFault();
    assertThat(containers()).isEqualTo(4);
    assertThat(networks()).isEqualTo(1);
    assertThat(volumes()).isEqualTo(2);
  }

  private static String label(HarnessProcess process) {
    return Labels.OWNER + "=" + Labels.owner(process.handle());
  }

  @AfterEach
  void endRun() throws Exception {
    run.close();
    new Leftovers(Engine.client()).removeAbandoned();
  }

  private int containers() throws Exception {
    DockerClient client = Engine.client();
    return client
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(label))
        .exec()
        .size();
  }

  private int networks() throws Exception {
    return Engine.client().listNetworksCmd().withFilter("label", List.of(label)).exec().size();
  }

  private int volumes() throws Exception {
    return Engine.client()
        .listVolumesCmd()
        .withFilter("label", List.of(label))
        .exec()
        .getVolumes()
        .size();
  }

  /**
   * Packet rules and relays are in the network of each machine, and go with it; the network itself
   * is an interface of this machine, where the engine runs on it.
   */
  private void assertNothingIsLeft(List<String> bridges) throws Exception {
    assertThat(containers()).as("containers").isZero();
    assertThat(networks()).as("networks").isZero();
    assertThat(volumes()).as("volumes").isZero();
    assertThat(interfaces()).as("interfaces").filteredOn(bridges::contains).isEmpty();
  }

  private static List<String> interfaces() throws Exception {
    return NetworkInterface.networkInterfaces().map(NetworkInterface::getName).toList();
  }

  /** The bridges of the run's networks, as the engine names them. */
  private List<String> bridges() throws Exception {
    return Engine.client().listNetworksCmd().withFilter("label", List.of(label)).exec().stream()
        .map(network -> "br-" + network.getId().substring(0, 12))
        .toList();
  }

  /** INT is what Ctrl-C sends, TERM what a supervisor does. */
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void interruptedItLeavesNothingAndWhatWasSeenIsJudged(String signal) throws Exception {
    startRunAndAwaitFault();
    List<String> bridges = bridges();

    run.signal(signal);

    assertThat(run.ends()).isTrue();
    assertNothingIsLeft(bridges);
    JsonNode written = run.written();
    assertThat(written.at("/findings/0/verdict").asText()).isEqualTo("interrupted");
    assertThat(written.get("findings").findValuesAsText("what"))
        .contains("mastership", "registers");
    assertThat(HistoryReader.operations(run.file("history.jsonl"))).isNotEmpty();
    assertThat(run.file("mastership.jsonl")).isNotEmptyFile();
    assertThat(run.file("report.html")).isNotEmptyFile();
    assertThat(run.output()).content().contains("verdict: ");
  }

  @Test
  void interruptedWhileItMakesItsContainersItLeavesNothing() throws Exception {
    startRun();
    await().atMost(LONG).until(() -> containers() > 0);
    List<String> bridges = bridges();

    run.signal("INT");

    assertThat(run.ends()).isTrue();
    assertNothingIsLeft(bridges);
    assertThat(run.output())
        .content()
        .doesNotContain("please report it")
        .containsAnyOf("interrupted before there was anything to judge", "verdict: ");
  }

  @Test
  void killedItLeavesAReadableHistoryAndTheNextRunRemovesTheRest() throws Exception {
    startRunAndAwaitFault();
    List<String> bridges = bridges();
    new Leftovers(Engine.client()).removeAbandoned();
    assertThat(containers()).as("of a run that goes on").isEqualTo(4);

    run.close();

    assertThat(HistoryReader.operations(run.file("history.jsonl"))).isNotEmpty();
    JsonNode written = run.written();
    assertThat(written.has("findings")).isFalse();
    assertThat(written.at("/settings/ground").asText()).isEqualTo("containers");
    assertThat(containers()).as("nobody removes them yet").isEqualTo(4);

    try (HarnessProcess next = next()) {
      String nextLabel = label(next);
      assertThat(next.ends()).isTrue();
      assertThat(next.status()).as("%s", Files.readString(next.output())).isZero();
      assertNothingIsLeft(bridges);
      label = nextLabel;
      assertNothingIsLeft(List.of());
    }
  }

  /** A short run, which ends by itself. */
  private HarnessProcess next() throws Exception {
    return HarnessProcess.start(
        Files.createDirectory(folder.resolve("second")),
        "run",
        "--ground=containers",
        "--servers=2",
        "--guarantee=timed",
        "--workload=registers",
        "--duration=3",
        "--no-faults",
        "--clients=2");
  }
}
