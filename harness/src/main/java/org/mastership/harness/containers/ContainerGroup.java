package org.mastership.harness.containers;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mastership.core.Guarantee;
import org.mastership.harness.fencing.FencedResource;
import org.mastership.harness.processes.RunningGroup;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.service.KeyValueService;
import org.mastership.node.service.ReplicatedService;

/**
 * A server group in containers of this machine's engine, each server observed. Safe for use by any
 * thread.
 */
public final class ContainerGroup implements RunningGroup {
  private static final String MACHINE_AROUND = "host.docker.internal";

  private final DockerClient client;
  private final String name;
  private final Path folder;
  private final List<ContainerServer> servers = new CopyOnWriteArrayList<>();
  private final KernelLinks links = new KernelLinks(servers);
  private final Thread hook = new Thread(this::end, "remove-containers");

  /**
   * What a group is to be like.
   *
   * @param servers how many servers, 2 to 63
   * @param diskBytes the size of each server's disk, which is then in memory and can be filled; 0
   *     for the engine's own disk
   * @param service what each executes requests on; has a constructor without parameters, and is on
   *     the class path of this process
   * @param more sections of the configuration file besides, as YAML; empty for none
   */
  public record Settings(
      int servers,
      Guarantee guarantee,
      long diskBytes,
      Class<? extends ReplicatedService> service,
      String more) {
    /** What a data folder needs before the first request. */
    private static final long LEAST_DISK_BYTES = 16 << 20;

    private static final int MOST_SERVERS = 63;

    /** With the key-value service, and the defaults of a configuration file. */
    public Settings(int servers, Guarantee guarantee, long diskBytes) {
      this(servers, guarantee, diskBytes, KeyValueService.class, "");
    }

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
    return create(folder, settings, Optional.empty());
  }

  /**
   * The same, and each server writes to a resource while it is master.
   *
   * @param resource is told to listen where the group's network reaches this process; faults of the
   *     network between servers do not cut the way there
   * @throws IOException also if a firewall of this machine keeps containers from it
   */
  public static ContainerGroup create(Path folder, Settings settings, FencedResource resource)
      throws IOException, InterruptedException {
    return create(folder, settings, Optional.of(resource));
  }

  private static ContainerGroup create(
      Path folder, Settings settings, Optional<FencedResource> resource)
      throws IOException, InterruptedException {
    DockerClient client = Engine.client();
    new Leftovers(client).removeAbandoned();
    ContainerGroup group = new ContainerGroup(client, folder);
    Runtime.getRuntime().addShutdownHook(group.hook);
    boolean made = false;
    try {
      group.make(settings, resource);
      made = true;
    } finally {
      if (!made) {
        group.close();
      }
    }
    return group;
  }

  private void make(Settings settings, Optional<FencedResource> resource)
      throws IOException, InterruptedException {
    String serverImage = Image.SERVER.build();
    String machineImage = Image.MACHINE.build();
    Map<String, String> labels = Labels.ofGroup(name);
    Files.writeString(folder.resolve(ContainerServer.CONFIGURATION), configuration(settings));
    Engine.ask(
        "make a network", () -> client.createNetworkCmd().withName(name).withLabels(labels).exec());
    List<Machine> machines = new ArrayList<>();
    for (int number = 1; number <= settings.servers; number++) {
      machines.add(
          Machine.start(client, labels, name, machineImage, "s" + number, settings.diskBytes));
    }
    Optional<Address> reached =
        resource.isEmpty()
            ? Optional.empty()
            : Optional.of(listenFor(machines.get(0), resource.get()));
    try (ServiceClasses service = ServiceClasses.of(settings.service, folder, Image.libraries())) {
      var program = new ContainerServer.Program(serverImage, service, reached);
      for (int number = 1; number <= settings.servers; number++) {
        Machine machine = machines.get(number - 1);
        servers.add(new ContainerServer(client, number, machine, folder, program, labels));
      }
    }
  }

  /** Where the engine is in a virtual machine, it has a name for the machine around that. */
  private static Address listenFor(Machine machine, FencedResource resource)
      throws IOException, InterruptedException {
    InetAddress gateway = InetAddress.getByName(machine.gateway());
    Address address =
        NetworkInterface.getByInetAddress(gateway) != null
            ? resource.listenAt(gateway)
            : new Address(MACHINE_AROUND, resource.address().port());
    machine.requireReaches(address);
    return address;
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
    return yaml.append(settings.more).toString();
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
  @Override
  public void saveLogs() throws IOException, InterruptedException {
    for (ContainerServer server : servers) {
      server.saveLog();
    }
  }

  /** This process ends, and somebody in it may still ask what the servers observed. */
  private void end() {
    try {
      for (ContainerServer server : servers) {
        server.keepMasterships();
      }
    } catch (IOException e) {
      System.err.println("what the servers of " + name + " observed is lost: " + e.getMessage());
    } finally {
      remove();
    }
  }

  private void remove() {
    try {
      new Leftovers(client).removeGroup(name);
    } catch (IOException e) {
      System.err.println("the next start removes what is left of " + name + ": " + e.getMessage());
    }
  }

  /** Removes all that the group has in the engine, with the servers' data. */
  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process ends already, and the hook runs
    }
  }
}
