package org.mastership.harness.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mastership.core.Guarantee;
import org.mastership.node.config.ServerConfiguration.Address;

/**
 * The configuration files of a group on loopback, whose servers are named s1, s2 and so on, in the
 * order of their indexes.
 *
 * @param folder where the files are
 * @param addresses where the servers listen, by number
 * @param links relays between the servers; empty where they are connected directly
 */
public record LoopbackConfiguration(
    Path folder, List<Address> addresses, Optional<RelayedLinks> links) {
  /** The name of the file where all servers have the same one. */
  static final String COMMON_FILE = "mastership.yaml";

  public LoopbackConfiguration {
    addresses = List.copyOf(addresses);
  }

  /**
   * Finds ports and writes the files.
   *
   * @param folder must exist; its name is the group's
   * @param size how many servers, 2 or more
   * @param relayed whether what servers send each other goes by relays of this process
   * @throws IOException if the folder can not be written or there are no free ports
   */
  public static LoopbackConfiguration write(
      Path folder, int size, Guarantee guarantee, boolean relayed) throws IOException {
    int links = relayed ? size * (size - 1) : 0;
    List<Integer> ports = FreePorts.find(size + links);
    List<Address> addresses =
        ports.subList(0, size).stream().map(port -> new Address("127.0.0.1", port)).toList();
    Optional<RelayedLinks> relays =
        relayed
            ? Optional.of(new RelayedLinks(addresses, ports.subList(size, ports.size())))
            : Optional.empty();
    LoopbackConfiguration written = new LoopbackConfiguration(folder, addresses, relays);
    for (int number = 1; number <= size; number++) {
      Files.writeString(written.file(number), written.yaml(number, guarantee));
    }
    return written;
  }

  /** The file that a server reads. */
  public Path file(int number) {
    return folder.resolve(links.isPresent() ? "s" + number + ".yaml" : COMMON_FILE);
  }

  private String yaml(int self, Guarantee guarantee) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("group: ").append(folder.getFileName()).append('\n');
    yaml.append("guarantee: ").append(guarantee.name().toLowerCase(Locale.ROOT)).append('\n');
    yaml.append("data: data/{name}\nservers:\n");
    for (int number = 1; number <= addresses.size(); number++) {
      yaml.append("  - { name: s").append(number).append(", address: \"");
      yaml.append(seenFrom(self, number)).append("\" }\n");
    }
    return yaml.toString();
  }

  private Address seenFrom(int self, int peer) {
    return links.map(all -> all.address(self, peer)).orElse(addresses.get(peer - 1));
  }
}
