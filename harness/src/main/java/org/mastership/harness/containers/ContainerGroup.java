package org.mastership.harness.containers;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.mastership.core.Guarantee;
import org.mastership.harness.processes.RunningGroup;

/**
 * A server group in containers of this machine's engine, each server observed. Safe for use by any
 * thread.
 */
public final class ContainerGroup implements RunningGroup {
  private final DockerClient client;
  private final String name;
  private final Path folder;
  private final List<ContainerServer> servers = new ArrayList<>();
  private final KernelLinks links = new KernelLinks(servers);
  private final Thread hook = new Thread(this::removeAtExit, "remove-containers");

  /**
   * What a group is to be like.
   *
   * @param servers how many servers, 2 to 63
   * @param diskBytes the size of each server's disk, which is then in memory and can be filled; 0
   *     for the engine's own disk
   */
  public record Settings(int servers, Guarantee guarantee, long diskBytes) {
    /** What a data folder needs before the first request. */
    private static final long LEAST_DISK_BYTES = 16 << 20;

    private static final int MOST_SERVERS = 63;

    public Settings {
      if (servers < 2 || servers > MOST_SERVERS) {
        throw new IllegalArgumentException("a group has 2 to 63 servers, not " + servers);
      }
      if (diskBytes != 0 && diskBytes < LEAST_DISK_BYTES) {
        throw new IllegalArgumentException(
            "a disk needs " + LEAST_DISK_BYTES + " bytes or more, not " + diskBytes);
      }
    }
  }

  private ContainerGroup(DockerClient client, Path folder) {
    this.client = client;
    this.folder = folder;
    this.name = "mastership-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /**
   * Removes what killed processes have left, builds the images if need be, and prepares a group; no
   * server runs yet.
   *
   * @param folder for configuration, logs and observations; must exist
   * @throws IOException if there is no engine, or it refuses; nothing is left then
   */
  public static ContainerGroup create(Path folder, Settings settings)
      throws IOException, InterruptedException {
    DockerClient client = Engine.client();
    new Leftovers(client).removeAbandoned();
    ContainerGroup group = new ContainerGroup(client, folder);
    Runtime.getRuntime().addShutdownHook(group.hook);
    boolean made = false;
    try {
      group.make(settings);
      made = true;
    } finally {
      if (!made) {
        group.close();
      }
    }
    return group;
  }

  private void make(Settings settings) throws IOException, InterruptedException {
    String serverImage = Image.SERVER.build();
    String machineImage = Image.MACHINE.build();
    Map<String, String> labels = Labels.ofGroup(name);
    Files.writeString(folder.resolve(ContainerServer.CONFIGURATION), configuration(settings));
    Engine.ask(
        "make a network", () -> client.createNetworkCmd().withName(name).withLabels(labels).exec());
    for (int number = 1; number <= settings.servers; number++) {
      String server = "s" + number;
      Machine machine =
          Machine.start(client, labels, name, machineImage, server, settings.diskBytes);
      servers.add(
          new ContainerServer(client, server, number, machine, folder, serverImage, labels));
    }
  }

  private String configuration(Settings settings) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("group: ").append(name).append('\n');
    yaml.append("guarantee: ");
    yaml.append(settings.guarantee.name().toLowerCase(Locale.ROOT)).append('\n');
    yaml.append("data: ").append(Machine.DATA).append("/{name}\nservers:\n");
    for (int number = 1; number <= settings.servers; number++) {
      yaml.append("  - { name: s").append(number).append(", address: \"s").append(number);
      yaml.append(':').append(Machine.PORT).append("\" }\n");
    }
    return yaml.toString();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public List<ContainerServer> servers() {
    return List.copyOf(servers);
  }

  @Override
  public ContainerServer server(int number) {
    return servers.get(number - 1);
  }

  @Override
  public KernelLinks links() {
    return links;
  }

  /** Writes what each server has logged so far to the group's folder, {@code s1.log} and so on. */
  public void saveLogs() throws IOException, InterruptedException {
    for (ContainerServer server : servers) {
      server.saveLog();
    }
  }

  private void removeAtExit() {
    try {
      new Leftovers(client).removeGroup(name);
    } catch (IOException e) {
      System.err.println("the next start removes what is left of " + name + ": " + e.getMessage());
    }
  }

  /** Removes all that the group has in the engine, with the servers' data. */
  @Override
  public void close() {
    removeAtExit();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process ends already, and the hook runs
    }
  }
}
