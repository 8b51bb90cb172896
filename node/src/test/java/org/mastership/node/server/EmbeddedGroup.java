package org.mastership.node.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.config.ClientTls;
import org.mastership.node.config.ConfigurationReader;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.service.KeyValueService;
import org.mastership.node.service.ReplicatedService;

/** A group of real servers in this process, over loopback, with disks in a folder. */
public final class EmbeddedGroup implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path file;
  private final List<String> names = new ArrayList<>();
  private final Map<String, ServerGroup> running = new LinkedHashMap<>();
  private final Function<String, ReplicatedService> services;

  private EmbeddedGroup(
      Path folder, String settings, int size, Function<String, ReplicatedService> services)
      throws IOException {
    this.file = folder.resolve("group.yaml");
    this.services = services;
    StringBuilder yaml = new StringBuilder("group: embedded\n" + settings + "\nservers:\n");
    for (int port : freePorts(size)) {
      String name = "s" + (names.size() + 1);
      names.add(name);
      yaml.append("  - { name: " + name + ", address: \"127.0.0.1:" + port + "\" }\n");
    }
    Files.writeString(file, yaml);
  }

  /** Starts a group of key-value servers. */
  public static EmbeddedGroup start(Path folder, String settings, int size) throws Exception {
    return start(folder, settings, size, name -> new KeyValueService());
  }

  static EmbeddedGroup start(
      Path folder, String settings, int size, Function<String, ReplicatedService> services)
      throws Exception {
    EmbeddedGroup group = new EmbeddedGroup(folder, settings, size, services);
    group.startAll();
    return group;
  }

  /** A group of key-value servers of which none runs yet. */
  static EmbeddedGroup prepare(Path folder, String settings, int size) throws Exception {
    return new EmbeddedGroup(folder, settings, size, name -> new KeyValueService());
  }

  void startAll() throws Exception {
    for (String name : names) {
      start(name);
    }
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }
    List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }

  public ServerConfiguration configuration(String name) throws Exception {
    return ConfigurationReader.read(file, Optional.of(name));
  }

  /** Changes the configuration file, for servers that start from now on. */
  void configure(String text, String other) throws IOException {
    String yaml = Files.readString(file);
    if (!yaml.contains(text)) {
      throw new IllegalArgumentException("the configuration has no '" + text + "'");
    }
    Files.writeString(file, yaml.replace(text, other));
  }

  void start(String name) throws Exception {
    running.put(name, ServerGroup.start(configuration(name), services.apply(name)));
  }

  /** Leaves in good order. */
  void stop(String name) {
    running.remove(name).close();
  }

  /** Is gone, and has told nobody. */
  public void kill(String name) {
    running.remove(name).halt();
  }

  ServerGroup server(String name) {
    return running.get(name);
  }

  List<ServerGroup> servers() {
    return List.copyOf(running.values());
  }

  /** The server that is master, once there is one. */
  public String awaitMaster() {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                running.entrySet().stream()
                    .filter(entry -> entry.getValue().mastership().isMaster())
                    .map(Map.Entry::getKey)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  ClientConfiguration client() throws Exception {
    ServerConfiguration any = configuration(names.get(0));
    ClientConfiguration client =
        ClientConfiguration.of(
                any.members().stream()
                    .map(ServerConfiguration.Member::address)
                    .toArray(Address[]::new))
            .withDeadline(PATIENCE);
    return any.tls().isPresent() ? client.withTls(ClientTls.of(any.tls().get())) : client;
  }

  @Override
  public void close() {
    running.values().forEach(ServerGroup::halt);
    running.clear();
  }
}
