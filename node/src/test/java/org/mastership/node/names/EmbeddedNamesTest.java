package org.mastership.node.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.node.config.ServerConfiguration.Address;

/** The product's own name server. */
class EmbeddedNamesTest extends NameServerContract {
  @TempDir Path folder;
  private static final String SECRET = "the secret of the group, 32 bytes";
  private static final String OTHER_SECRET = "another secret, of nobody at all";
  @AutoClose private NameEndpoint endpoint;

  @BeforeEach
  void start() throws Exception {
    endpoint = NameEndpoint.start(new Address("127.0.0.1", 0), folder, Optional.empty());
  }

  @Override
  NameServer names(String group) {
    return new EmbeddedNames(new Address("127.0.0.1", endpoint.port()), group, Optional.empty());
  }

  @Override
  String section() {
    return "{ address: \"127.0.0.1:" + endpoint.port() + "\" }";
  }

  @Override
  NameServer nobody() {
    return new EmbeddedNames(new Address("127.0.0.1", 1), "group", Optional.empty());
  }

  @Test
  void whatIsRegisteredOutlivesTheProcess() throws Exception {
    names("../a b").publish(registration(2, 1));
    endpoint.close();
    start();

    assertThat(names("../a b").publish(registration(1, 1))).isEqualTo(registration(2, 1));
  }

  private NameServer signed(String group, String secret) {
    return new EmbeddedNames(
        new Address("127.0.0.1", endpoint.port()), group, Optional.of(seal(secret)));
  }

  private static Seal seal(String secret) {
    return new Seal(secret.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<Path> keyFile(String secret) throws Exception {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    return Optional.of(
        Files.writeString(folder.resolve("key"), Base64.getEncoder().encodeToString(bytes)));
  }

  @Test
  void whoHasNotTheSecretRegistersNothing() throws Exception {
    endpoint.close();
    endpoint = NameEndpoint.start(new Address("127.0.0.1", 0), folder, keyFile(SECRET));
    signed("guarded", SECRET).publish(registration(1, 1));

    assertThatThrownBy(() -> names("guarded").publish(registration(9, 1)))
        .isInstanceOf(NameServerException.class)
        .hasMessageContaining("403");
    assertThatThrownBy(() -> signed("guarded", OTHER_SECRET).publish(registration(9, 1)))
        .isInstanceOf(NameServerException.class)
        .hasMessageContaining("403");
    assertThat(signed("guarded", SECRET).lookUp()).contains(registration(1, 1));
    assertThat(names("guarded").lookUp()).contains(registration(1, 1));
  }

  @Test
  void whatIsNotSignedWithTheSecretIsNotBelieved() throws Exception {
    names("forged").publish(registration(9, 1));

    assertThatThrownBy(() -> signed("forged", SECRET).lookUp())
        .isInstanceOf(NameServerException.class)
        .hasMessageContaining("not signed with the secret");
  }

  @Test
  void aSecretThatIsNoneIsRefusedWithWhatToDo() {
    assertThatThrownBy(
            () -> NameEndpoint.start(new Address("127.0.0.1", 0), folder, keyFile("short")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openssl rand -base64 32");
  }

  @Test
  void whatIsNoRegistrationIsRefusedAndChangesNothing() throws Exception {
    names("group").publish(registration(2, 1));

    assertThat(put("nonsense")).isEqualTo(400);
    assertThat(put("9".repeat(100_000))).isEqualTo(400);
    assertThat(put("-5 127.0.0.1:1 s1")).isEqualTo(400);
    assertThat(put(Long.MAX_VALUE + " 127.0.0.1:1 s1")).isEqualTo(400);
    assertThat(put("766 127.0.0.1:1 s1\u0007")).isEqualTo(400);
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
