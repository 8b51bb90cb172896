package org.mastership.harness.processes;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command of the harness in a process of its own, which tests end from outside. */
public final class HarnessProcess implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(90);

  private final Path folder;
  private final Process process;

  private HarnessProcess(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts one. Under {@code env}, since whoever runs the tests in the background may ignore
   * SIGINT.
   *
   * @param folder for its output and, in {@code runs}, the folders of its runs
   */
  public static HarnessProcess start(Path folder, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.mastership.harness.cli.Main"));
    command.addAll(List.of(arguments));
    command.add("--out=" + folder.resolve("runs"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    return new HarnessProcess(folder, process);
  }

  /** The process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Waits until the clients of its first run have been answered, and a fault is in force. */
  public void awaitFault() {
    await().atMost(LONG).until(() -> Files.exists(runs()) && !runFolders().isEmpty());
    await().atMost(LONG).until(() -> Files.exists(file("history.jsonl")));
    await().atMost(LONG).until(() -> Files.readString(file("history.jsonl")).contains("ok"));
    await().atMost(LONG).until(() -> Files.readString(file("faults.jsonl")).contains("begins"));
  }

  /** Sends it a signal, {@code INT} for what Ctrl-C does. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, "" + process.pid()).inheritIO().start().waitFor();
  }

  /** Waits for its end; false if that does not come. */
  public boolean ends() throws InterruptedException {
    return process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  /** The status that it ended with. */
  public int status() {
    return process.exitValue();
  }

  /** SIGKILL. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** What it has printed. */
  public Path output() {
    return folder.resolve("output");
  }

  /** Where the folders of its runs are. */
  public Path runs() {
    return folder.resolve("runs");
  }

  /** The folders of its runs. */
  public List<Path> runFolders() throws IOException {
    try (Stream<Path> files = Files.list(runs())) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  /** A file of its first run. */
  public Path file(String name) throws IOException {
    return runFolders().get(0).resolve(name);
  }

  /** What {@code run.json} of its first run says. */
  public JsonNode written() throws IOException {
    return new ObjectMapper().readTree(file("run.json").toFile());
  }
}
