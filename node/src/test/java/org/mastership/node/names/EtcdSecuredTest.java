package org.mastership.node.names;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.node.config.NameServerSettings;
import org.mastership.node.config.NameServerSettings.Kind;
import org.mastership.node.config.NameServerSettings.Login;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.server.TestCertificates;
import org.mastership.node.transport.Tls;

/** A real etcd that talks TLS only, to a user who may touch what is below {@code mastership/}. */
class EtcdSecuredTest extends NameServerContract {
  private static final String PASSWORD = "a password of the group";
  @TempDir static Path folder;
  private static int port;
  private static Daemon etcd;
  private static TestCertificates certificates;

  @BeforeAll
  static void start() throws Exception {
    Daemon.requireInstalled("etcd", "etcd-server");
    certificates = new TestCertificates(folder);
    port = Daemon.freePort();
    String peers = "http://127.0.0.1:" + Daemon.freePort();
    String clients = "https://127.0.0.1:" + port;
    etcd =
        Daemon.start(
            folder,
            port,
            "etcd",
            "--data-dir=" + folder.resolve("data"),
            "--cert-file=" + certificates.certificate(),
            "--key-file=" + certificates.key(),
            "--listen-client-urls=" + clients,
            "--advertise-client-urls=" + clients,
            "--listen-peer-urls=" + peers,
            "--initial-advertise-peer-urls=" + peers,
            "--initial-cluster=default=" + peers);
    Daemon.awaitAnswer(() -> ask("/v3/kv/range", "{'key': '%s'}".formatted(base64("none"))));
    askForUsers();
  }

  private static void askForUsers() throws Exception {
    admin("user/add", "{'name': 'root', 'password': 'of nobody'}");
    admin("user/grant", "{'user': 'root', 'role': 'root'}");
    admin("user/add", "{'name': 'group', 'password': '" + PASSWORD + "'}");
    admin("role/add", "{'name': 'names'}");
    admin(
        "role/grant",
        "{'name': 'names', 'perm': {'permType': 'READWRITE', 'key': '%s', 'range_end': '%s'}}"
            .formatted(base64("mastership/"), base64("mastership0")));
    admin("user/grant", "{'user': 'group', 'role': 'names'}");
    admin("enable", "{}");
  }

  private static void admin(String what, String body) throws Exception {
    ask("/v3/auth/" + what, body);
  }

  private static Http.Answer ask(String path, String body) throws Exception {
    Http http = new Http(address(), Optional.of(Tls.trusting(certificates.trusting().authority())));
    Http.Answer answer = http.exchange("POST", path, body.replace('\'', '"'), Map.of(), "");
    if (answer.status() != 200) {
      throw http.unexpected(answer);
    }
    return answer;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() {
    if (etcd != null) {
      etcd.close();
    }
  }

  private static Address address() {
    return new Address("127.0.0.1", port);
  }

  private static NameServer names(String group, Address address, Path authority, String password)
      throws Exception {
    Path file = Files.writeString(Files.createTempFile(folder, "password", ""), password + "\n");
    return NameServers.of(
        new NameServerSettings(
            Kind.ETCD,
            address,
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.of(authority),
            Optional.of(new Login("group", file)),
            600),
        group);
  }

  @Override
  NameServer names(String group) throws Exception {
    return names(group, address(), certificates.trusting().authority(), PASSWORD);
  }

  @Override
  String section() throws Exception {
    Path file = Files.writeString(folder.resolve("password-of-group"), PASSWORD + "\n");
    return """
        { kind: etcd, address: "127.0.0.1:%d", authority: "%s",
          user: group, password_file: "%s" }"""
        .formatted(port, certificates.trusting().authority(), file);
  }

  @Override
  NameServer nobody() throws Exception {
    Path authority = certificates.trusting().authority();
    return names("group", new Address("127.0.0.1", 1), authority, PASSWORD);
  }

  @Test
  void whoHasAnotherPasswordRegistersNothing() throws Exception {
    Path authority = certificates.trusting().authority();

    assertThatThrownBy(
            () -> names("guarded", address(), authority, "a guess").publish(registration(9, 1)))
        .isInstanceOf(NameServerException.class)
        .hasMessageContaining("authentication failed");
  }

  @Test
  void anEtcdThatTheAuthorityDoesNotKnowIsNotTrusted() throws Exception {
    Path strangers = certificates.trustingStrangers().authority();

    assertThatThrownBy(() -> names("trust", address(), strangers, PASSWORD).lookUp())
        .isInstanceOf(NameServerException.class)
        .hasMessageContaining("does not answer: javax.net.ssl.SSLHandshakeException");
  }
}
