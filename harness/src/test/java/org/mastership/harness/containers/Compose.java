package org.mastership.harness.containers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The compose tool of this machine: a plugin of {@code docker}, or the command of its own before.
 */
final class Compose {
  /** Of the project, as users get it. */
  static final Path FILE = Path.of("..", "docker", "compose.yaml");

  private static final List<List<String>> COMMANDS =
      List.of(List.of("docker", "compose"), List.of("docker-compose"));

  private final List<String> command;
  private final Map<String, String> environment;

  private Compose(List<String> command, Map<String, String> environment) {
    this.command = command;
    this.environment = environment;
  }

  /** How a command ended, and all that it printed. */
  record Outcome(int status, String printed) {}

  /**
   * The tool, for the project's file. Where there is none the test is left out, with a line that
   * says so, or fails if the environment says that tools are there.
   */
  static Compose installed(String project, Map<String, String> environment)
      throws InterruptedException {
    Optional<List<String>> found = found();
    if (found.isEmpty() && "required".equals(System.getenv("MASTERSHIP_DAEMONS"))) {
      throw new IllegalStateException("docker compose is not installed: run docker/with-engine");
    }
    assumeTrue(found.isPresent(), "docker compose is not installed");
    List<String> command = new ArrayList<>(found.orElseThrow());
    command.addAll(List.of("-p", project, "-f", FILE.toString()));
    return new Compose(command, environment);
  }

  private static Optional<List<String>> found() throws InterruptedException {
    for (List<String> each : COMMANDS) {
      if (new Compose(each, Map.of()).run("version").status == 0) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  Outcome run(String... arguments) throws InterruptedException {
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), printed);
    } catch (IOException e) {
      return new Outcome(-1, e.toString());
    }
  }
}
