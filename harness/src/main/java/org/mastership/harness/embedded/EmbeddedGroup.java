package org.mastership.harness.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mastership.core.Guarantee;
import org.mastership.harness.network.Links;
import org.mastership.harness.processes.LoopbackConfiguration;
import org.mastership.harness.processes.RelayedLinks;
import org.mastership.harness.processes.RunningGroup;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.service.ReplicatedService;

/**
 * A server group in this Java machine, each server observed and each on a port of its own on
 * loopback, with links that can be cut and delayed. It ends with this process, for it has no other.
 * Safe for use by any thread.
 */
public final class EmbeddedGroup implements RunningGroup {
  private final Path folder;
  private final RelayedLinks links;
  private final List<EmbeddedServer> servers = new ArrayList<>();

  private EmbeddedGroup(Path folder, RelayedLinks links) {
    this.folder = folder;
    this.links = links;
  }

  /**
   * Prepares a group with the default configuration; no server runs yet.
   *
   * @param folder for configuration, data and observations; must exist
   * @param size how many servers, 2 or more
   * @param service makes what a server executes requests on, for each of its starts
   * @param resource where each writes while it is master, if anywhere
   * @throws IOException if the folder can not be written or there are no free ports
   */
  public static EmbeddedGroup create(
      Path folder,
      int size,
      Guarantee guarantee,
      Supplier<ReplicatedService> service,
      Optional<Address> resource)
      throws IOException {
    LoopbackConfiguration configuration =
        LoopbackConfiguration.write(folder, size, guarantee, true);
    EmbeddedGroup group = new EmbeddedGroup(folder, configuration.links().orElseThrow());
    for (int number = 1; number <= size; number++) {
      group.servers.add(new EmbeddedServer(number, configuration, service, resource));
    }
    return group;
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
  public List<EmbeddedServer> servers() {
    return List.copyOf(servers);
  }

  @Override
  public EmbeddedServer server(int number) {
    return servers.get(number - 1);
  }

  @Override
  public Links links() {
    return links;
  }

  /** Ends all servers; the files stay. */
  @Override
  public void close() {
    servers.forEach(EmbeddedServer::kill);
    links.close();
  }
}
