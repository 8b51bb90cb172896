package org.mastership.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.node.config.ConfigurationReader;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.service.KeyValueService;

/** A server whose others are down, as operators see it. */
class OperatorsTest {
  @TempDir private Path folder;

  private static ServerSocket anyPort() throws Exception {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private ServerConfiguration alone(int port, int operators) throws Exception {
    Path file = folder.resolve("group.yaml");
    Files.writeString(
        file,
        """
        group: example
        operators: "127.0.0.1:%d"
        servers:
          - { name: ada, address: "127.0.0.1:%d" }
          - { name: bob, address: "127.0.0.1:1" }
          - { name: eve, address: "127.0.0.1:2" }
        """
            .formatted(operators, port));
    return ConfigurationReader.read(file, Optional.of("ada"));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = anyPort()) {
      return socket.getLocalPort();
    }
  }

  private static String get(int port, String path) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  @Test
  void itLivesButIsNotReadyWhileNobodyIsMaster() throws Exception {
    int operators = freePort();

    try (ServerGroup server =
        ServerGroup.start(alone(freePort(), operators), new KeyValueService())) {
      assertThat(get(operators, "/live")).startsWith("200 server ada answers");
      assertThat(get(operators, "/ready")).startsWith("503 no master is known");
      assertThat(get(operators, "/metrics"))
          .contains("mastership_is_master{group=\"example\",server=\"ada\"} 0.0");
      assertThat(server.mastership().isMaster()).isFalse();
    }

    assertThatThrownBy(() -> get(operators, "/live")).isInstanceOf(java.io.IOException.class);
  }

  @Test
  void anAddressInUseIsNamedAndNothingStaysOpen() throws Exception {
    int port = freePort();
    try (ServerSocket taken = anyPort()) {
      ServerConfiguration configuration = alone(port, taken.getLocalPort());

      assertThatThrownBy(() -> ServerGroup.start(configuration, new KeyValueService()))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("change 'operators'");
    }
    ServerGroup.start(alone(port, freePort()), new KeyValueService()).close();
  }
}
