package org.mastership.harness.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.harness.history.HistoryReader;

/** A run that is ended from outside, in the middle of its work. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class InterruptedRunIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int SERVERS = 3;

  @TempDir private Path folder;
  private Process run;
  private List<ProcessHandle> servers = List.of();

  /** Under {@code env}, since whoever runs the tests in the background may ignore SIGINT. */
  @BeforeEach
  void start() throws Exception {
    List<String> command =
        List.of(
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "org.mastership.harness.cli.Main",
            "run",
            "--servers=" + SERVERS,
            "--duration=3600",
            "--faults=halves",
            "--seed=1",
            "--clients=2",
            "--times=2",
            "--out=" + folder.resolve("runs"));
    run =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    await().atMost(LONG).until(() -> Files.exists(folder.resolve("runs")));
    await().atMost(LONG).until(() -> Files.exists(file("history.jsonl")));
    await().atMost(LONG).until(() -> Files.readString(file("history.jsonl")).contains("ok"));
    await().atMost(LONG).until(() -> Files.readString(file("faults.jsonl")).contains("begins"));
    servers = run.children().toList();
    assertThat(servers).hasSize(SERVERS);
  }

  @AfterEach
  void end() {
    servers.forEach(ProcessHandle::destroyForcibly);
    run.destroyForcibly();
  }

  private Path file(String name) throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      return runs.findFirst().orElseThrow().resolve(name);
    }
  }

  @Test
  void interruptedItEndsItsServersAndJudgesWhatWasSeen() throws Exception {
    new ProcessBuilder("kill", "-INT", "" + run.pid()).inheritIO().start().waitFor();

    assertThat(run.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(servers).noneMatch(ProcessHandle::isAlive);
    JsonNode written = new ObjectMapper().readTree(file("run.json").toFile());
    assertThat(written.get("clean").asBoolean()).as("%s", written).isTrue();
    assertThat(written.at("/findings/0/verdict").asText()).isEqualTo("interrupted");
    assertThat(written.get("findings").findValuesAsText("what"))
        .contains("mastership", "registers");
    assertThat(folder.resolve("output")).content().contains("verdict: clean");
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      assertThat(runs).as("the second run is not begun").hasSize(1);
    }
  }

  @Test
  void killedItLeavesAHistoryThatCanBeReadAndNoServer() throws Exception {
    run.destroyForcibly();

    await().atMost(LONG).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(HistoryReader.operations(file("history.jsonl"))).isNotEmpty();
    JsonNode written = new ObjectMapper().readTree(file("run.json").toFile());
    assertThat(written.has("findings")).isFalse();
    assertThat(written.at("/settings/ground").asText()).isEqualTo("processes");
  }
}
