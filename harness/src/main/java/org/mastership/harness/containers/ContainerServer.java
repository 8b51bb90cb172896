package org.mastership.harness.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HealthCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.checker.ObservationFile;
import org.mastership.harness.processes.LastLines;
import org.mastership.harness.processes.RunningServer;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.server.HardwareFile;

/** One server of a group in a container. Safe for use by any thread. */
public final class ContainerServer implements RunningServer {
  static final String CONFIGURATION = "mastership.yaml";

  private static final String CONFIGURATION_FOLDER = "/etc/mastership";
  private static final String OBSERVATIONS = "/tmp/observations";
  private static final long CPU_PERIOD_MICROS = 100_000;
  private static final int STOP_SECONDS = 10;
  private static final long LOGS_SECONDS = 10;

  private final DockerClient client;
  private final String name;
  private final int number;
  private final Machine machine;
  private final Path folder;
  private final String id;
  private Optional<List<Observation>> kept = Optional.empty();

  /**
   * What a server runs.
   *
   * @param image of a server
   * @param service which may need classes that the image has not
   * @param resource where it writes while it is master, if anywhere
   */
  record Program(String image, ServiceClasses service, Optional<Address> resource) {}

  ContainerServer(
      DockerClient client,
      int number,
      Machine machine,
      Path folder,
      Program program,
      Map<String, String> labels)
      throws IOException {
    this.client = client;
    this.name = "s" + number;
    this.number = number;
    this.machine = machine;
    this.folder = folder;
    this.id = Engine.ask("make server " + name, () -> create(program, labels));
    program.service().copyTo(client, id);
  }

  private String create(Program program, Map<String, String> labels) {
    String created =
        client
            .createContainerCmd(program.image())
            .withName(labels.get(Labels.GROUP) + "-" + name)
            .withLabels(labels)
            .withEnv(
                "MASTERSHIP_JAVA_OPTIONS=-XX:TieredStopAtLevel=1", program.service().environment())
            .withEntrypoint("sh", "-c")
            .withCmd(command(program))
            .withHealthcheck(new HealthCheck().withTest(List.of("NONE")))
            .withHostConfig(machine.forServer())
            .exec()
            .getId();
    client
        .copyArchiveToContainerCmd(created)
        .withHostResource(folder.resolve(CONFIGURATION).toString())
        .withRemotePath(CONFIGURATION_FOLDER)
        .exec();
    return created;
  }

  /** Each start observes into a file of its own. */
  private String command(Program program) {
    return String.format(
        "mkdir -p %s; exec /opt/mastership/bin/mastership serve --config %s/%s --name %s"
            + " --hardware %s --observe %s/$(date +%%s%%N)%s%s",
        OBSERVATIONS,
        CONFIGURATION_FOLDER,
        CONFIGURATION,
        name,
        Machine.HARDWARE,
        OBSERVATIONS,
        program.service().option(),
        program.resource().map(at -> " --fenced-writes " + at).orElse(""));
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
    return machine.serverAddress();
  }

  @Override
  public boolean isRunning() {
    return Boolean.TRUE.equals(state().getRunning());
  }

  private InspectContainerResponse.ContainerState state() {
    return client.inspectContainerCmd(id).exec().getState();
  }

  @Override
  public synchronized void start() throws IOException {
    if (isRunning()) {
      throw new IllegalStateException("server " + name + " runs already");
    }
    Engine.ask("start server " + name, () -> client.startContainerCmd(id).exec());
  }

  @Override
  public synchronized void kill() throws IOException {
    if (!isRunning()) {
      return;
    }
    resumeIfPaused();
    Engine.ask(
        "kill server " + name,
        () -> {
          client.killContainerCmd(id).withSignal("KILL").exec();
          return client
              .waitContainerCmd(id)
              .start()
              .awaitStatusCode(STOP_SECONDS, TimeUnit.SECONDS);
        });
  }

  /** An engine delivers no signal to a server that is paused. */
  private void resumeIfPaused() throws IOException {
    if (Boolean.TRUE.equals(state().getPaused())) {
      resume();
    }
  }

  @Override
  public synchronized void stop() throws IOException {
    Engine.ask("stop server " + name, this::stopUnlessEnded);
  }

  private boolean stopUnlessEnded() {
    try {
      client.stopContainerCmd(id).withTimeout(STOP_SECONDS).exec();
      return true;
    } catch (NotModifiedException ended) {
      return false;
    }
  }

  @Override
  public void pause() throws IOException {
    Engine.ask("pause server " + name, () -> client.pauseContainerCmd(id).exec());
  }

  @Override
  public void resume() throws IOException {
    Engine.ask("resume server " + name, () -> client.unpauseContainerCmd(id).exec());
  }

  /**
   * Fills its disk to the last byte.
   *
   * @throws IOException if its disk has no size of its own, see {@link ContainerGroup.Settings}
   */
  @Override
  public void fillDisk() throws IOException, InterruptedException {
    machine.fillDisk();
  }

  @Override
  public void freeDisk() throws IOException, InterruptedException {
    machine.freeDisk();
  }

  @Override
  public void hardware(int clockPpm, long diskMillis) throws IOException, InterruptedException {
    machine.hardware(HardwareFile.text(clockPpm, diskMillis));
  }

  /**
   * From now on it has so much of the machine's processors.
   *
   * @param processors more than 0; need not be whole
   */
  void limitProcessors(double processors) throws IOException {
    long quota = Math.round(processors * CPU_PERIOD_MICROS);
    Engine.ask(
        "limit the processors of server " + name,
        () ->
            client
                .updateContainerCmd(id)
                .withCpuPeriod(CPU_PERIOD_MICROS)
                .withCpuQuota(quota)
                .exec());
  }

  Machine machine() {
    return machine;
  }

  @Override
  public synchronized List<Observation> masterships() throws IOException {
    return kept.isPresent() ? kept.get() : copied();
  }

  /** From now on {@link #masterships} says what it observed until now, also without it. */
  synchronized void keepMasterships() throws IOException {
    kept = Optional.of(copied());
  }

  /** Copies what it observed into the group's folder, and reads it. */
  private List<Observation> copied() throws IOException {
    List<Observation> all = new ArrayList<>();
    try (InputStream archive = client.copyArchiveFromContainerCmd(id, OBSERVATIONS).exec();
        TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          String start = String.valueOf(Path.of(entry.getName()).getFileName());
          Path file = folder.resolve(name + "." + start + ".observations");
          try (OutputStream out = Files.newOutputStream(file)) {
            tar.transferTo(out);
          }
          all.addAll(ObservationFile.masterships(name, file));
        }
      }
    } catch (NotFoundException e) {
      return List.of(); // it never started
    }
    return all;
  }

  @Override
  public List<String> lastLines() throws IOException, InterruptedException {
    saveLog();
    return LastLines.of(log());
  }

  private Path log() {
    return folder.resolve(name + ".log");
  }

  /** Writes what it has logged in all its starts to the group's folder. */
  void saveLog() throws IOException, InterruptedException {
    try (OutputStream out = Files.newOutputStream(log())) {
      client
          .logContainerCmd(id)
          .withStdOut(true)
          .withStdErr(true)
          .exec(
              new ResultCallback.Adapter<Frame>() {
                @Override
                public void onNext(Frame frame) {
                  try {
                    out.write(frame.getPayload());
                  } catch (IOException e) {
                    onError(e);
                  }
                }
              })
          .awaitCompletion(LOGS_SECONDS, TimeUnit.SECONDS);
    }
  }
}
