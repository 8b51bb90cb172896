package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.harness.history.HistoryReader;

/** What is left of a run that ends in the middle of its work, in the engine and in its folder. */
@ExtendWith(ContainerTests.class)
class LeftoversIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Process run;
  private String label;

  @BeforeEach
  void startRun() throws Exception {
    run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.mastership.harness.cli.Main",
                "run",
                "--ground=containers",
                "--servers=2",
                "--guarantee=timed",
                "--duration=3600",
                "--faults=halves",
                "--seed=1",
                "--clients=2",
                "--out=" + folder.resolve("runs"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    label = Labels.OWNER + "=" + Labels.owner(run.toHandle());
    await().atMost(LONG).until(() -> Files.exists(folder.resolve("runs")));
    await().atMost(LONG).until(() -> Files.exists(file("history.jsonl")));
    await().atMost(LONG).until(() -> Files.readString(file("history.jsonl")).contains("ok"));
    await().atMost(LONG).until(() -> Files.readString(file("faults.jsonl")).contains("begins"));
    assertThat(containers()).isEqualTo(4);
    assertThat(networks()).isEqualTo(1);
    assertThat(volumes()).isEqualTo(2);
  }

  private Path file(String name) throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      return runs.findFirst().orElseThrow().resolve(name);
    }
  }

  @AfterEach
  void endRun() throws Exception {
    run.destroyForcibly().waitFor();
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

  /** SIGTERM, which Java takes like Ctrl-C: that is ignored where tests run in the background. */
  @Test
  void afterASignalThatCanBeCaughtNothingIsAndWhatWasSeenIsJudged() throws Exception {
    run.destroy();
    assertThat(run.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

    assertThat(containers() + networks() + volumes()).isZero();
    JsonNode written = new ObjectMapper().readTree(file("run.json").toFile());
    assertThat(written.at("/findings/0/verdict").asText()).isEqualTo("interrupted");
    assertThat(HistoryReader.operations(file("history.jsonl"))).isNotEmpty();
    assertThat(file("mastership.jsonl")).isNotEmptyFile();
  }

  @Test
  void afterSigkillAllIsUntilTheNextStartAndTheHistoryCanBeRead() throws Exception {
    new Leftovers(Engine.client()).removeAbandoned();
    assertThat(containers()).as("of a run that goes on").isEqualTo(4);

    run.destroyForcibly().waitFor();
    new Leftovers(Engine.client()).removeAbandoned();

    assertThat(containers() + networks() + volumes()).isZero();
    assertThat(HistoryReader.operations(file("history.jsonl"))).isNotEmpty();
    JsonNode written = new ObjectMapper().readTree(file("run.json").toFile());
    assertThat(written.has("findings")).isFalse();
    assertThat(written.at("/settings/ground").asText()).isEqualTo("containers");
  }
}
