package org.mastership.harness.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.checker.ObservationFile;
import org.mastership.node.config.ServerConfiguration.Address;

/** One server of a group as a process, through all its starts. Safe for use by any thread. */
public final class ServerProcess {
  private static final long STOP_SECONDS = 10;

  private final String name;
  private final int number;
  private final Address address;
  private final Path folder;
  private final boolean observed;
  private @Nullable Process process;
  private boolean ended;
  private int starts;

  ServerProcess(String name, int number, Address address, Path folder, boolean observed) {
    this.name = name;
    this.number = number;
    this.address = address;
    this.folder = folder;
    this.observed = observed;
  }

  /** Its name in the group, which is also that of its files. */
  public String name() {
    return name;
  }

  /** Its number, and its index: 1 is the preferred master. */
  public int number() {
    return number;
  }

  /** Where it listens. */
  public Address address() {
    return address;
  }

  /** What it has written to standard output and error in all its starts. */
  public Path log() {
    return folder.resolve(name + ".log");
  }

  /** Whether its process runs; also so while it is paused. */
  public synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  /**
   * Starts it, unless its group has ended. It is not ready yet when this returns. It ends when this
   * process does.
   *
   * @throws IOException if the process can not be started
   */
  public synchronized void start() throws IOException {
    if (isRunning()) {
      throw new IllegalStateException("server " + name + " runs already");
    }
    if (ended) {
      return;
    }
    starts++;
    process =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
  }

  private List<String> command() {
    String configuration = folder.resolve(ProcessGroup.CONFIGURATION).toString();
    List<String> arguments =
        new ArrayList<>(
            List.of("serve", "--config", configuration, "--name", name, "--until-input-ends"));
    if (observed) {
      arguments.addAll(List.of("--observe", observations(starts).toString()));
    }
    return JavaCommand.mastership(arguments, observed);
  }

  private Path observations(int start) {
    return folder.resolve(name + "." + start + ".observations");
  }

  /** What it said of its mastership, in all its starts. */
  public synchronized List<Observation> masterships() throws IOException {
    List<Observation> all = new ArrayList<>();
    for (int start = 1; start <= starts; start++) {
      Path file = observations(start);
      if (Files.exists(file)) {
        all.addAll(ObservationFile.masterships(name, file));
      }
    }
    return all;
  }

  /** SIGKILL. It is gone when this returns. */
  public synchronized void kill() throws InterruptedException {
    signalKill();
    awaitEnd();
  }

  /** SIGKILL, without waiting for what the system does then; {@link #kill} afterwards does. */
  public synchronized void signalKill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** SIGKILL, and it is never started again. */
  synchronized void end() {
    ended = true;
    signalKill();
  }

  synchronized void awaitEnd() throws InterruptedException {
    if (process != null && !process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("server " + name + " does not end");
    }
  }

  /** SIGTERM: it leaves in order. It is gone when this returns. */
  public synchronized void stop() throws InterruptedException {
    if (process != null) {
      process.destroy();
      awaitEnd();
    }
  }

  /** SIGSTOP: it does nothing more, and the others do not know. */
  public void pause() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** SIGCONT: it goes on where it was paused. */
  public void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private synchronized void signal(String signal) throws IOException, InterruptedException {
    if (process == null || !process.isAlive()) {
      throw new IllegalStateException("server " + name + " does not run");
    }
    Process kill =
        new ProcessBuilder("kill", signal, String.valueOf(process.pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill " + signal + " of server " + name + " failed");
    }
  }
}
