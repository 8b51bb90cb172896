package org.mastership.node.example;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ConfigurationException;
import org.mastership.node.config.ConfigurationReader;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.config.ServerConfiguration.Member;
import org.mastership.node.server.ServerGroup;
import org.mastership.node.server.ServerStartException;

/**
 * Three servers and a client in one process. Tickets are bought while the master is stopped: each
 * number is sold once, and the buyers notice a short wait.
 */
public final class TicketsExample {
  private final ServerConfiguration anyOne;
  private final List<ServerGroup> servers = new ArrayList<>();

  private TicketsExample(Path file) throws ConfigurationException, ServerStartException {
    anyOne = ConfigurationReader.readAny(file, Optional.empty());
    for (Member member : anyOne.members()) {
      ServerConfiguration own = ConfigurationReader.read(file, Optional.of(member.name()));
      servers.add(ServerGroup.start(own, new TicketOffice()));
    }
  }

  /**
   * Runs the example.
   *
   * @param arguments the folder for the configuration and the servers' data
   */
  public static void main(String[] arguments)
      throws IOException, ConfigurationException, ServerStartException {
    Path folder = Path.of(arguments[0]);
    System.out.println(run(folder, List.of("127.0.0.1:7201", "127.0.0.1:7202", "127.0.0.1:7203")));
  }

  /** Buys tickets under a failover, and tells the numbers that were sold, in the order bought. */
  static List<Long> run(Path folder, List<String> addresses)
      throws IOException, ConfigurationException, ServerStartException {
    Path file = Files.createDirectories(folder).resolve("tickets.yaml");
    StringBuilder yaml = new StringBuilder("group: tickets\nservers:\n");
    for (String address : addresses) {
      yaml.append("  - { name: server")
          .append(addresses.indexOf(address) + 1)
          .append(", address: \"")
          .append(address)
          .append("\" }\n");
    }
    Files.writeString(file, yaml);
    TicketsExample example = new TicketsExample(file);
    try {
      return example.sell();
    } finally {
      example.servers.forEach(ServerGroup::close);
    }
  }

  private List<Long> sell() {
    Address[] addresses = anyOne.members().stream().map(Member::address).toArray(Address[]::new);
    try (MastershipClient client = new MastershipClient(ClientConfiguration.of(addresses))) {
      List<CompletableFuture<Long>> tickets = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        tickets.add(buy(client));
      }
      tickets.get(0).join();
      stopMaster();
      for (int i = 0; i < 50; i++) {
        tickets.add(buy(client));
      }
      return tickets.stream().map(CompletableFuture::join).toList();
    }
  }

  private static CompletableFuture<Long> buy(MastershipClient client) {
    ByteString oneTicket = TicketOffice.bytes(1);
    return client.request(oneTicket).thenApply(TicketOffice::number);
  }

  private void stopMaster() {
    servers.stream()
        .filter(server -> server.mastership().isMaster())
        .findFirst()
        .ifPresent(ServerGroup::close);
  }
}
