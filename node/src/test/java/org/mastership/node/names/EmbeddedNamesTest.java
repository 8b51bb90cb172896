package org.mastership.node.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.node.config.ServerConfiguration.Address;

/** The product's own name server. */
class EmbeddedNamesTest extends NameServerContract {
  @TempDir Path folder;
  private NameEndpoint endpoint;

  @BeforeEach
  void start() throws Exception {
    endpoint = NameEndpoint.start(new Address("127.0.0.1", 0), folder, Optional.empty());
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Override
  NameServer names(String group) {
    return new EmbeddedNames(new Address("127.0.0.1", endpoint.port()), group, Optional.empty());
  }

  @Override
  NameServer nobody() {
    return new EmbeddedNames(new Address("127.0.0.1", 1), "group", Optional.empty());
  }

  @Test
  void whatIsRegisteredOutlivesTheProcess() throws Exception {
    names("../a b").publish(registration(2, 1));
    stop();
    start();

    assertThat(names("../a b").publish(registration(1, 1))).isEqualTo(registration(2, 1));
  }

  @Test
  void whatIsNoRegistrationIsRefusedAndChangesNothing() throws Exception {
    names("group").publish(registration(2, 1));

    assertThat(put("nonsense")).isEqualTo(400);
    assertThat(put("9".repeat(100_000))).isEqualTo(400);
    assertThat(put("-5 127.0.0.1:1 s1")).isEqualTo(400);
    assertThat(names("group").lookUp()).contains(registration(2, 1));
  }

  private int put(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + "/group"))
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
