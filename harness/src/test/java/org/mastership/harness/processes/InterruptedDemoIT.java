package org.mastership.harness.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A demo that is ended from outside, in the middle of its work. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class InterruptedDemoIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int SERVERS = 3;

  @TempDir private Path folder;
  private Path temporaryFiles;
  private Process demo;
  private List<ProcessHandle> servers;

  /** Under {@code env}, since whoever runs the tests in the background may ignore SIGINT. */
  @BeforeEach
  void start() throws Exception {
    temporaryFiles = Files.createDirectory(folder.resolve("tmp"));
    File output = folder.resolve("output").toFile();
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(
        JavaCommand.mastership(
            List.of("demo", "--servers", "" + SERVERS, "--kills", "1000", "--clients", "2"),
            true,
            temporaryFiles));
    demo = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    await()
        .atMost(LONG)
        .until(() -> Files.readString(output.toPath()).contains("requests/s   failover 1"));
    await().atMost(LONG).until(() -> demo.children().count() == SERVERS);
    servers = demo.children().toList();
  }

  @AfterEach
  void end() {
    servers.forEach(ProcessHandle::destroyForcibly);
    demo.destroyForcibly();
  }

  @Test
  void noServerOutlivesADemoThatIsKilled() {
    demo.destroyForcibly();

    await().atMost(LONG).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void aDemoThatIsInterruptedEndsItsServersAndRemovesItsFiles() throws Exception {
    new ProcessBuilder("kill", "-INT", "" + demo.pid()).inheritIO().start().waitFor();

    assertThat(demo.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(servers).noneMatch(ProcessHandle::isAlive);
    assertThat(files()).isEmpty();
    assertThat(folder.resolve("output")).content().doesNotContain("mastership:");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(temporaryFiles)) {
      return files.toList();
    }
  }
}
