package org.mastership.harness.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.checker.ObservationFile;
import org.mastership.harness.processes.LoopbackConfiguration;
import org.mastership.harness.processes.RunningServer;
import org.mastership.node.config.ConfigurationException;
import org.mastership.node.config.ConfigurationReader;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.server.FencedWrites;
import org.mastership.node.server.Hardware;
import org.mastership.node.server.Observations;
import org.mastership.node.server.ServerGroup;
import org.mastership.node.server.ServerStartException;
import org.mastership.node.service.ReplicatedService;

/** One server of a group in this Java machine, through all its starts. For any thread. */
public final class EmbeddedServer implements RunningServer {
  private final int number;
  private final LoopbackConfiguration configuration;
  private final Supplier<ReplicatedService> service;
  private final Hardware hardware = new Hardware();
  private final Optional<Address> resource;
  private final List<Part> running = new ArrayList<>();
  private int starts;

  /** Something that runs while the server does, and ends without a failure. */
  @FunctionalInterface
  private interface Part {
    void close();
  }

  EmbeddedServer(
      int number,
      LoopbackConfiguration configuration,
      Supplier<ReplicatedService> service,
      Optional<Address> resource) {
    this.number = number;
    this.configuration = configuration;
    this.service = service;
    this.resource = resource;
  }

  @Override
  public String name() {
    return "s" + number;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public Address address() {
    return configuration.addresses().get(number - 1);
  }

  @Override
  public synchronized boolean isRunning() {
    return !running.isEmpty();
  }

  @Override
  public synchronized void start() throws IOException {
    if (isRunning()) {
      throw new IllegalStateException("server " + name() + " runs already");
    }
    try {
      ServerGroup started =
          ServerGroup.start(
              ConfigurationReader.read(configuration.file(number), Optional.of(name())),
              service.get(),
              hardware);
      starts++;
      running.add(started::halt);
      Path observed = ObservationFile.of(configuration.folder(), name(), starts);
      running.add(Observations.start(started.mastership(), observed)::close);
      resource.ifPresent(
          at -> running.add(FencedWrites.start(started.mastership(), number, at)::close));
    } catch (ConfigurationException | ServerStartException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * It is gone when this returns. The others see what they see of a process that is killed: no
   * message, and the end of its connections. Its clients, though, are told that it is not master,
   * and its disk has all that it had begun to write: a crash of that kind takes a process.
   */
  @Override
  public synchronized void kill() {
    for (Part part : running) {
      part.close();
    }
    running.clear();
  }

  /** The same as {@link #kill}: a server has nothing to say when it leaves. */
  @Override
  public void stop() {
    kill();
  }

  @Override
  public void pause() throws IOException {
    throw new IOException(
        "server " + name() + " can not be paused: it runs in this process, which would stop, too");
  }

  @Override
  public void resume() throws IOException {
    throw new IOException("server " + name() + " can not have been paused");
  }

  @Override
  public void hardware(int clockPpm, long diskMillis) {
    hardware.clockRate(clockPpm);
    hardware.diskDelay(diskMillis);
  }

  @Override
  public synchronized List<Observation> masterships() throws IOException {
    return ObservationFile.masterships(configuration.folder(), name(), starts);
  }
}
