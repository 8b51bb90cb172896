package org.mastership.node.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mastership.node.transport.TestServer.eventually;
import static org.mastership.node.transport.TestServer.message;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.node.config.ClientTls;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.config.ServerConfiguration.TlsFiles;
import org.mastership.node.transport.Refusals.Reason;

/** Servers under TLS: who has no certificate of the group's authority is kept out. */
class TlsTest {
  private static final String HOST = "127.0.0.1";

  @TempDir private Path folder;
  private final ServerConfiguration group = Groups.ofThree();
  private X509Bundle authority;
  private X509Bundle strangers;

  @BeforeEach
  void makeAuthorities() throws Exception {
    authority = authority("CN=group");
    strangers = authority("CN=strangers");
  }

  private static X509Bundle authority(String subject) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject(subject)
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private static CertificateBuilder certificate(String host) {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=server")
        .addSanIpAddress(host)
        .addExtendedKeyUsageServerAuth()
        .addExtendedKeyUsageClientAuth();
  }

  private TlsFiles files(String name, X509Bundle own, boolean mutual) throws Exception {
    return new TlsFiles(
        write(name + ".certificate", own.getCertificatePathPEM()),
        write(name + ".key", own.getPrivateKeyPEM()),
        write("authority", authority.getRootCertificatePEM()),
        mutual);
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private TlsFiles good(String name, boolean mutual) throws Exception {
    return files(name, certificate(HOST).buildIssuedBy(authority), mutual);
  }

  private TestServer server(int number, TlsFiles files) throws Exception {
    return new TestServer(Groups.withTls(Groups.as(group, number), files));
  }

  private static void exchange(TestServer one, TestServer two, long number) {
    one.send(2, message(number));
    two.send(1, message(number));
    eventually(() -> one.hasReceived(message(number)) && two.hasReceived(message(number)));
  }

  @Test
  void serversWithCertificatesOfTheGroupTalk() throws Exception {
    for (boolean mutual : new boolean[] {true, false}) {
      try (TestServer one = server(1, good("one", mutual));
          TestServer two = server(2, good("two", mutual))) {
        eventually(() -> one.hasConnected(2) && two.hasConnected(1));
        exchange(one, two, 1);
      }
    }
  }

  @Test
  void rsaKeysServeAsWell() throws Exception {
    X509Bundle rsa = certificate(HOST).rsa2048().buildIssuedBy(authority);
    try (TestServer one = server(1, files("one", rsa, true));
        TestServer two = server(2, good("two", true))) {
      eventually(() -> one.hasConnected(2) && two.hasConnected(1));
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefusedAndTheOthersGoOn() throws Exception {
    X509Bundle strange = certificate(HOST).buildIssuedBy(strangers);
    try (Logged logged = new Logged(Refusals.class);
        TestServer one = server(1, good("one", true));
        TestServer two = server(2, good("two", true))) {
      eventually(() -> one.hasConnected(2) && two.hasConnected(1));

      try (TestServer three = server(3, files("three", strange, true))) {
        eventually(() -> one.refusals(Reason.TLS) > 3 && two.refusals(Reason.TLS) > 3);
        exchange(one, two, 2);
        assertThat(three.told).isEmpty();
      }

      assertThat(one.told).containsExactly("connected 2");
      assertThat(logged.linesWith("Empty client certificate chain"))
          .as("one line of each server that refused")
          .hasSize(2);
    }
  }

  @Test
  void aServerWhoseCertificateNamesAnotherHostIsNotTalkedTo() throws Exception {
    X509Bundle elsewhere = certificate("127.0.0.9").buildIssuedBy(authority);
    try (Logged logged = new Logged(Outgoing.class);
        TestServer one = server(1, good("one", true));
        TestServer two = server(2, files("two", elsewhere, true))) {
      eventually(() -> two.hasConnected(1));
      eventually(() -> !logged.linesWith("No subject alternative names matching").isEmpty());
      assertThat(one.told).isEmpty();
      assertThat(logged.linesWith("server two")).hasSize(1);
    }
  }

  @Test
  void underMutualTlsAClientNeedsACertificate() throws Exception {
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, authority.toTrustManagerFactory().getTrustManagers(), null);
    int port = group.self().address().port();
    try (TestServer one = server(1, good("one", true));
        Socket client = trusting.getSocketFactory().createSocket(HOST, port)) {
      assertThatThrownBy(
              () -> {
                client.getOutputStream().write(0);
                client.getInputStream().read();
              })
          .isInstanceOf(IOException.class);

      eventually(() -> one.refusals(Reason.TLS) == 1);
    }
  }

  @Test
  void whoSpeaksNoTlsIsToldApart() throws Exception {
    try (Logged logged = new Logged(Refusals.class);
        TestServer one = server(1, good("one", true));
        RawConnection plain = new RawConnection(group.self().address())) {
      plain.frame(RawConnection.hello(Groups.as(group, 2), 1).build());

      assertThat(plain.isClosed()).isTrue();
      eventually(() -> one.refusals(Reason.TLS) == 1);
      assertThat(logged.linesWith("it does not speak TLS")).hasSize(1);
    }
  }

  @Test
  void whoSpeaksTlsToAServerWithoutIsCutOff() throws Exception {
    try (Logged logged = new Logged(Refusals.class);
        TestServer one = new TestServer(group);
        TestServer two = server(2, good("two", true))) {
      eventually(() -> one.refusals(Reason.TOO_LONG) > 0 && two.refusals(Reason.TLS) > 0);

      assertThat(one.told).isEmpty();
      assertThat(two.told).isEmpty();
      assertThat(logged.linesWith("speaks TLS")).hasSize(1);
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws Exception {
    TlsFiles files = good("one", true);
    Files.delete(files.key());

    assertUnusable(files, files.key().toString(), "check the path");
  }

  @Test
  void aFileWithoutCertificatesIsNamed() throws Exception {
    TlsFiles files = good("one", true);
    Files.writeString(files.authority(), "nothing of the kind");

    assertUnusable(files, files.authority().toString(), "certificate");
  }

  @Test
  void aKeyInAnotherFormIsNamedWithHowToConvertIt() throws Exception {
    TlsFiles files = good("one", true);
    Files.writeString(files.key(), "-----BEGIN EC PRIVATE KEY-----");

    assertUnusable(files, files.key().toString(), "openssl pkcs8");
  }

  @Test
  void theKeyOfAnotherCertificateIsFoundOut() throws Exception {
    for (X509Bundle other :
        new X509Bundle[] {
          certificate(HOST).buildIssuedBy(authority),
          certificate(HOST).rsa2048().buildIssuedBy(authority)
        }) {
      TlsFiles files = good("one", true);
      Files.writeString(files.key(), other.getPrivateKeyPEM());

      assertUnusable(files, files.key().toString(), "is not the one of the first certificate");
    }
  }

  @Test
  void aCertificateThatHasExpiredIsNamed() throws Exception {
    Instant now = Instant.now();
    X509Bundle expired =
        certificate(HOST)
            .notBefore(now.minus(2, ChronoUnit.DAYS))
            .notAfter(now.minus(1, ChronoUnit.DAYS))
            .buildIssuedBy(authority);
    TlsFiles files = files("one", expired, true);

    assertUnusable(files, files.certificate().toString(), "renew it");
  }

  private static void assertUnusable(TlsFiles files, String... parts) {
    assertThatThrownBy(() -> Tls.listening(Optional.of(files)))
        .isInstanceOf(TransportException.class)
        .hasMessageContainingAll(parts);
    assertThatThrownBy(() -> Tls.connecting(Optional.of(ClientTls.of(files))))
        .isInstanceOf(TransportException.class)
        .hasMessageContainingAll(parts);
  }
}
