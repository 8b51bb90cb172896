package org.mastership.harness.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.mastership.harness.network.Delay;
import org.mastership.node.config.ServerConfiguration.Address;

/**
 * The container that holds a server's network and disk while the server's own comes and goes. One
 * thread at a time.
 */
final class Machine {
  /** Where servers listen. */
  static final int PORT = 7100;

  /** Where servers keep their data. */
  static final String DATA = "/var/lib/mastership";

  /** Where servers look what their clock and disk are to be like. */
  static final String HARDWARE = DATA + "/hardware";

  private static final String FILLER = DATA + "/filler";
  private static final String HARNESS = "/opt/harness";
  private static final ExposedPort SERVER = ExposedPort.tcp(PORT);
  private static final ExposedPort CONTROL = ExposedPort.tcp(Relay.CONTROL_PORT);
  private static final String ANY_PORT_OF_LOOPBACK = "127.0.0.1:";
  private static final String CONNECT_SECONDS = "5";
  private static final int CONTROL_TIMEOUT_MILLIS = 1_000;
  private static final long RELAY_STARTS_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long PAUSE_MILLIS = 50;

  private final DockerClient client;
  private final String id;
  private final String volume;
  private final ContainerNetwork network;
  private final Map<ExposedPort, Ports.Binding[]> published;
  private boolean hasRelay;

  private Machine(DockerClient client, String id, String volume, NetworkSettings settings) {
    this.client = client;
    this.id = id;
    this.volume = volume;
    this.network = settings.getNetworks().values().iterator().next();
    this.published = settings.getPorts().getBindings();
  }

  /**
   * Makes and starts one.
   *
   * @param labels of the group
   * @param network which is also the group's name
   * @param diskBytes the size of its disk, in memory; 0 for the engine's own disk
   */
  static Machine start(
      DockerClient client,
      Map<String, String> labels,
      String network,
      String image,
      String name,
      long diskBytes)
      throws IOException, InterruptedException {
    String volume = network + "-" + name;
    Map<String, String> disk =
        diskBytes == 0
            ? Map.of()
            : Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=" + diskBytes);
    String id =
        Engine.ask(
            "start the machine of server " + name,
            () -> {
              client
                  .createVolumeCmd()
                  .withName(volume)
                  .withLabels(labels)
                  .withDriverOpts(disk)
                  .exec();
              String created =
                  client
                      .createContainerCmd(image)
                      .withName(network + "-" + name + "-machine")
                      .withHostName(name)
                      .withAliases(name)
                      .withLabels(labels)
                      .withExposedPorts(SERVER, CONTROL)
                      .withHostConfig(hostConfig(network, volume))
                      .exec()
                      .getId();
              client.startContainerCmd(created).exec();
              return created;
            });
    Machine machine =
        new Machine(client, id, volume, client.inspectContainerCmd(id).exec().getNetworkSettings());
    machine.restore(PacketRules.CHAINS);
    return machine;
  }

  private static HostConfig hostConfig(String network, String volume) {
    return new HostConfig()
        .withNetworkMode(network)
        .withMounts(List.of(dataOn(volume)))
        .withCapAdd(Capability.NET_ADMIN)
        .withPortBindings(
            PortBinding.parse(ANY_PORT_OF_LOOPBACK + ":" + PORT),
            PortBinding.parse(ANY_PORT_OF_LOOPBACK + ":" + Relay.CONTROL_PORT));
  }

  private static Mount dataOn(String volume) {
    return new Mount().withType(MountType.VOLUME).withSource(volume).withTarget(DATA);
  }

  /** What a container needs to run on this machine. */
  HostConfig forServer() {
    return new HostConfig().withNetworkMode("container:" + id).withMounts(List.of(dataOn(volume)));
  }

  /** Its address in the group's network. */
  String ip() {
    return Objects.requireNonNull(network.getIpAddress());
  }

  /** The address at which the group's network reaches what is outside, this machine first. */
  String gateway() {
    return Objects.requireNonNull(network.getGateway());
  }

  /**
   * Checks that it can connect to an address.
   *
   * @throws IOException if not; says what may be in the way
   */
  void requireReaches(Address address) throws IOException, InterruptedException {
    String connect = ": </dev/tcp/" + address.host() + "/" + address.port();
    try {
      Engine.run(client, id, "timeout", CONNECT_SECONDS, "bash", "-c", connect);
    } catch (IOException e) {
      throw new IOException(
          "containers do not reach this process at "
              + address
              + "; a firewall of this machine must let in what comes from "
              + ip(),
          e);
    }
  }

  /** Where this process reaches its server. */
  Address serverAddress() {
    return published(SERVER);
  }

  private Address published(ExposedPort port) {
    Ports.Binding[] bindings = published.get(port);
    if (bindings == null || bindings.length == 0) {
      throw new IllegalStateException("the engine has not published port " + port);
    }
    return new Address(Engine.host(), Integer.parseInt(bindings[0].getHostPortSpec()));
  }

  /** Takes packet rules as {@code iptables-restore} does; other chains stay as they are. */
  void restore(String rules) throws IOException, InterruptedException {
    Engine.run(
        client, id, "sh", "-c", "printf %s \"$0\" | iptables-restore --noflush --wait", rules);
  }

  /** Fills its disk to the last byte. */
  void fillDisk() throws IOException, InterruptedException {
    Engine.run(
        client, id, "sh", "-c", "dd if=/dev/zero of=" + FILLER + " bs=64k 2>&1 | grep 'No space'");
  }

  /** Frees its disk again. */
  void freeDisk() throws IOException, InterruptedException {
    Engine.run(client, id, "rm", "-f", FILLER);
  }

  /** Says what the clock and the disk of its server are like; the server need not run. */
  void hardware(String text) throws IOException, InterruptedException {
    String written = HARDWARE + ".new";
    Engine.run(
        client,
        id,
        "sh",
        "-c",
        "echo " + text + " >" + written + " && mv -f " + written + " " + HARDWARE);
  }

  /**
   * Delays what goes by its relay to a peer, from now on.
   *
   * @param peers all of them, {@code NUMBER=HOST:PORT}
   */
  void delay(List<String> peers, int peer, Delay delay) throws IOException, InterruptedException {
    if (!hasRelay) {
      startRelay(peers);
      hasRelay = true;
    }
    String order =
        "delay " + peer + " " + micros(delay.least()) + " " + micros(delay.jitter()) + "\n";
    long end = System.nanoTime() + RELAY_STARTS_NANOS;
    String answer = answerTo(order);
    while (!answer.equals("ok")) {
      if (System.nanoTime() > end) {
        throw new IOException("the relay of " + volume + " does not take orders: " + answer);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      answer = answerTo(order);
    }
  }

  private static long micros(Duration time) {
    return time.toNanos() / 1000;
  }

  /** Nothing but an answer says that the relay listens: the engine may do so for it. */
  private String answerTo(String order) {
    Address control = published(CONTROL);
    try (Socket socket = new Socket(control.host(), control.port())) {
      socket.setSoTimeout(CONTROL_TIMEOUT_MILLIS);
      socket.getOutputStream().write(order.getBytes(StandardCharsets.UTF_8));
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      return String.valueOf(answers.readLine());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void startRelay(List<String> peers) throws IOException, InterruptedException {
    Path classes = Image.ownClasses();
    boolean isJar = !Files.isDirectory(classes);
    Engine.run(client, id, "mkdir", "-p", HARNESS);
    Engine.ask(
        "copy the harness to a machine",
        () ->
            client
                .copyArchiveToContainerCmd(id)
                .withHostResource(classes.toString())
                .withDirChildrenOnly(true)
                .withRemotePath(HARNESS)
                .exec());
    String path = HARNESS + (isJar ? "/" + classes.getFileName() : "");
    Engine.run(
        client,
        id,
        "sh",
        "-c",
        "setsid java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '"
            + path
            + ":/opt/mastership/lib/*' "
            + Relay.class.getName()
            + " "
            + String.join(" ", peers)
            + " >/tmp/relay.log 2>&1 </dev/null &");
  }
}
