package org.mastership.harness.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.checker.ObservationFile;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.server.HardwareFile;
import org.mastership.node.service.ReplicatedService;

/** One server of a group as a process, through all its starts. Safe for use by any thread. */
public final class ServerProcess implements RunningServer {
  private static final long STOP_SECONDS = 10;

  private final String name;
  private final int number;
  private final Address address;
  private final Path configuration;
  private final Path folder;
  private final boolean observed;
  private final Optional<Address> resource;
  private final Class<? extends ReplicatedService> service;
  private @Nullable Process process;
  private boolean ended;
  private int starts;

  ServerProcess(
      String name,
      int number,
      Address address,
      Path configuration,
      Path folder,
      boolean observed,
      Optional<Address> resource,
      Class<? extends ReplicatedService> service) {
    this.name = name;
    this.number = number;
    this.address = address;
    this.configuration = configuration;
    this.folder = folder;
    this.observed = observed;
    this.resource = resource;
    this.service = service;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public Address address() {
    return address;
  }

  /** What it has written to standard output and error in all its starts. */
  public Path log() {
    return folder.resolve(name + ".log");
  }

  @Override
  public List<String> lastLines() throws IOException {
    return LastLines.of(log());
  }

  @Override
  public synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  @Override
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
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "serve",
                "--config",
                configuration.toString(),
                "--name",
                name,
                "--service",
                service.getName(),
                "--until-input-ends"));
    if (observed) {
      arguments.addAll(List.of("--observe", ObservationFile.of(folder, name, starts).toString()));
    }
    arguments.addAll(List.of("--hardware", hardware().toString()));
    resource.ifPresent(at -> arguments.addAll(List.of("--fenced-writes", at.toString())));
    return JavaCommand.mastership(arguments, observed, folder);
  }

  private Path hardware() {
    return folder.resolve(name + ".hardware");
  }

  @Override
  public void hardware(int clockPpm, long diskMillis) throws IOException {
    Path written = folder.resolve(name + ".hardware.new");
    Files.writeString(written, HardwareFile.text(clockPpm, diskMillis));
    Files.move(written, hardware(), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public synchronized List<Observation> masterships() throws IOException {
    return ObservationFile.masterships(folder, name, starts);
  }

  @Override
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

  @Override
  public synchronized void stop() throws InterruptedException {
    if (process != null) {
      process.destroy();
      awaitEnd();
    }
  }

  @Override
  public void pause() throws IOException, InterruptedException {
    signal("-STOP");
  }

  @Override
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
