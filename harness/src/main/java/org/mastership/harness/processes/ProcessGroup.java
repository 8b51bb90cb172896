package org.mastership.harness.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mastership.core.Guarantee;
import org.mastership.harness.network.Links;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.service.KeyValueService;
import org.mastership.node.service.ReplicatedService;

/**
 * A server group on this machine, each server a process of its own. Its servers are named s1, s2
 * and so on, in the order of their indexes. When this process ends they do, too: by a signal that
 * it can catch they are killed, by one that it can not they stop, since their input ends.
 */
public final class ProcessGroup implements RunningGroup {
  /** The name of the configuration file in the group's folder. */
  static final String CONFIGURATION = LoopbackConfiguration.COMMON_FILE;

  private final Path folder;
  private final List<ServerProcess> servers;
  private final Thread hook = new Thread(this::end, "end-servers");
  private volatile boolean temporary;

  private final Optional<RelayedLinks> links;

  private ProcessGroup(Path folder, List<ServerProcess> servers, Optional<RelayedLinks> links) {
    this.folder = folder;
    this.servers = servers;
    this.links = links;
  }

  /**
   * Prepares a group with the default configuration; no server runs yet.
   *
   * @param folder for configuration, data, logs and observations; must exist
   * @param size how many servers, 2 or more
   * @throws IOException if the folder can not be written or there are no free ports
   */
  public static ProcessGroup create(Path folder, int size, Guarantee guarantee) throws IOException {
    return create(folder, size, guarantee, false, false, Optional.empty(), KeyValueService.class);
  }

  /** The same, and each server writes down all the time whether it is master. */
  public static ProcessGroup observed(Path folder, int size, Guarantee guarantee)
      throws IOException {
    return create(folder, size, guarantee, true, false, Optional.empty(), KeyValueService.class);
  }

  /**
   * The same as {@link #observed}, with links that can be cut and delayed: what servers send each
   * other goes by this process.
   *
   * @param resource where each writes while it is master, if anywhere
   * @param service what each executes requests on; has a constructor without parameters, and is on
   *     the class path of this process
   */
  public static ProcessGroup relayed(
      Path folder,
      int size,
      Guarantee guarantee,
      Optional<Address> resource,
      Class<? extends ReplicatedService> service)
      throws IOException {
    return create(folder, size, guarantee, true, true, resource, service);
  }

  private static ProcessGroup create(
      Path folder,
      int size,
      Guarantee guarantee,
      boolean observed,
      boolean relayed,
      Optional<Address> resource,
      Class<? extends ReplicatedService> service)
      throws IOException {
    LoopbackConfiguration configuration =
        LoopbackConfiguration.write(folder, size, guarantee, relayed);
    List<ServerProcess> servers = new ArrayList<>();
    for (int number = 1; number <= size; number++) {
      Address address = configuration.addresses().get(number - 1);
      Path file = configuration.file(number);
      servers.add(
          new ServerProcess(
              "s" + number, number, address, file, folder, observed, resource, service));
    }
    ProcessGroup group = new ProcessGroup(folder, List.copyOf(servers), configuration.links());
    Runtime.getRuntime().addShutdownHook(group.hook);
    return group;
  }

  /**
   * A group of a folder that nobody needs when this process ends by a signal while the group is
   * open: its files are removed then.
   *
   * @return this group
   */
  public ProcessGroup temporary() {
    temporary = true;
    return this;
  }

  @Override
  public String name() {
    return String.valueOf(folder.getFileName());
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public List<ServerProcess> servers() {
    return servers;
  }

  @Override
  public ServerProcess server(int number) {
    return servers.get(number - 1);
  }

  @Override
  public Links links() {
    return links.orElseThrow(
        () -> new IllegalStateException("the servers of " + folder + " are connected directly"));
  }

  /** SIGKILL to all at once. They are gone when this returns. */
  public void crashAll() throws InterruptedException {
    killAll();
    for (ServerProcess server : servers) {
      server.awaitEnd();
    }
  }

  private void killAll() {
    servers.forEach(ServerProcess::signalKill);
  }

  /** This process ends. */
  private void end() {
    servers.forEach(ServerProcess::end);
    try {
      for (ServerProcess server : servers) {
        server.awaitEnd();
      }
      if (temporary) {
        deleteFiles();
      }
    } catch (IOException e) {
      System.err.println("mastership: " + folder + " could not be removed: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills all servers; the files stay. */
  @Override
  public void close() {
    servers.forEach(ServerProcess::end);
    links.ifPresent(RelayedLinks::close);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process ends already
    }
    try {
      crashAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Removes the group's folder with all that is in it. Call {@link #close} before. */
  public void deleteFiles() throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = new ArrayList<>(walk.toList());
    }
    for (int i = paths.size() - 1; i >= 0; i--) {
      Files.deleteIfExists(paths.get(i));
    }
  }
}
