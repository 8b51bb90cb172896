package org.mastership.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Epoch;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ConfigurationReader;
import org.mastership.node.config.NameServerSettings;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.names.NameEndpoint;
import org.mastership.node.names.NameServers;
import org.mastership.node.names.Registration;
import org.mastership.node.service.KeyValueService;

/** A group whose mastership is registered at a name server (claim 27). */
class NamingGroupTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  @TempDir Path folder;

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String settings(int port, String more) {
    return "name_server: { address: \"127.0.0.1:" + port + "\"" + more + " }";
  }

  private static NameServerSettings nameServer(EmbeddedGroup group) throws Exception {
    return group.configuration("s1").nameServer().orElseThrow();
  }

  private static void awaitMasterRegistered(EmbeddedGroup group) throws Exception {
    var names = NameServers.of(nameServer(group), "embedded");
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> names.lookUp().orElseThrow().master().equals(group.awaitMaster()));
  }

  private static MastershipClient client(ClientConfiguration configuration) {
    return new MastershipClient(configuration.withDeadline(PATIENCE));
  }

  @Test
  void withTheNameServerDownTheGroupServesWhoKnowsAServer() throws Exception {
    try (var group = EmbeddedGroup.start(folder, settings(freePort(), ""), 3);
        var client =
            client(group.client().withGroup("embedded").withNameServer(nameServer(group)))) {
      String first = group.awaitMaster();
      put(client, "before");

      group.stop(first);

      put(client, "after");
    }
  }

  @Test
  void aMasterRegistersWhenTheNameServerComesUpLater() throws Exception {
    int port = freePort();
    try (var group = EmbeddedGroup.start(folder, settings(port, ""), 3)) {
      group.awaitMaster();
      try (var late =
          NameEndpoint.start(
              new Address("127.0.0.1", port), folder.resolve("names"), Optional.empty())) {
        assertThat(late.port()).isEqualTo(port);
        awaitMasterRegistered(group);
      }
    }
  }

  @Test
  void theNameServerMayBePartOfAServer() throws Exception {
    try (var group = EmbeddedGroup.start(folder, settings(freePort(), ", host: s2"), 3)) {
      awaitMasterRegistered(group);
    }
  }

  @Test
  void aHigherEpochThatIsRegisteredIsBelievedAndReplacedByTheNextMaster() throws Exception {
    try (var alone =
            NameEndpoint.start(
                new Address("127.0.0.1", 0), folder.resolve("names"), Optional.empty());
        var group = EmbeddedGroup.start(folder, settings(alone.port(), ""), 3)) {
      group.awaitMaster();
      var names = NameServers.of(nameServer(group), "embedded");

      names.publish(new Registration(new Epoch(50, 2), "s2", new Address("127.0.0.1", 1)));

      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> names.lookUp().orElseThrow().epoch().round() > 50);
    }
  }

  @Test
  void theMasterSaysWhatTheNameServerSays() throws Exception {
    int port = freePort();
    int operators = freePort();
    try (var server = survivor(port, operators)) {
      awaitStatus(server, "127.0.0.1:" + port + " does not answer");
      assertThat(metrics(operators)).containsPattern("mastership_registered\\{[^}]*\\} 0\\.0");

      try (var late =
          NameEndpoint.start(
              new Address("127.0.0.1", port), folder.resolve("names"), Optional.empty())) {
        assertThat(late.port()).isEqualTo(port);
        awaitStatus(server, "\"master\":\"s1\",\"problem\":\"\"");
        assertThat(metrics(operators)).containsPattern("mastership_registered\\{[^}]*\\} 1\\.0");
      }
    }
  }

  /** A server of a pair whose other one is down. */
  private ServerGroup survivor(int port, int operators) throws Exception {
    Path file = folder.resolve("pair.yaml");
    Files.writeString(
        file,
        """
        group: pair
        guarantee: timed
        operators: "127.0.0.1:%d"
        %s
        servers:
          - { name: s1, address: "127.0.0.1:%d" }
          - { name: s2, address: "127.0.0.1:1" }
        """
            .formatted(operators, settings(port, ""), freePort()));
    return ServerGroup.start(
        ConfigurationReader.read(file, Optional.of("s1")), new KeyValueService());
  }

  private static void awaitStatus(ServerGroup server, String part) {
    Awaitility.await().atMost(PATIENCE).until(() -> server.statusJson().contains(part));
  }

  private static String metrics(int port) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static void put(MastershipClient client, String value) throws Exception {
    KeyValueClient values = new KeyValueClient(client);
    ByteString key = ByteString.copyFromUtf8("key");
    values.put(key, ByteString.copyFromUtf8(value)).get();
    assertThat(values.get(key).get()).contains(ByteString.copyFromUtf8(value));
  }
}
