package org.mastership.node.server;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mastership.node.config.ClientTls;

/** Certificates made for a test: an authority, and one certificate for servers on loopback. */
public final class TestCertificates {
  private static final String OWN = "group";
  private static final String STRANGE = "strangers";

  private final Path folder;

  /** Writes files into a folder: those of a group, and those of another one. */
  public TestCertificates(Path folder) throws Exception {
    this.folder = folder;
    write(OWN);
    write(STRANGE);
  }

  private void write(String name) throws Exception {
    X509Bundle authority =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=authority of " + name)
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    X509Bundle server =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=server of " + name)
            .addSanIpAddress("127.0.0.1")
            .buildIssuedBy(authority);
    Files.writeString(file(name, "crt"), server.getCertificatePathPEM());
    Files.writeString(file(name, "key"), server.getPrivateKeyPEM());
    Files.writeString(file(name, "authority"), authority.getCertificatePEM());
  }

  private Path file(String name, String kind) {
    return folder.resolve(name + "." + kind);
  }

  /** The certificate of the group's servers. */
  public Path certificate() {
    return file(OWN, "crt");
  }

  /** Its private key. */
  public Path key() {
    return file(OWN, "key");
  }

  /** The setting of the group's servers. */
  String setting(boolean mutual) {
    return "tls: { certificate: %1$s.crt, key: %1$s.key, authority: %1$s.authority, mutual: %2$s }"
        .formatted(OWN, mutual);
  }

  /** A client that trusts the group, and shows no certificate. */
  public ClientTls trusting() {
    return ClientTls.trusting(file(OWN, "authority"));
  }

  /** A client that trusts another group only. */
  public ClientTls trustingStrangers() {
    return ClientTls.trusting(file(STRANGE, "authority"));
  }

  /** A client that trusts the group, and shows a certificate of another one. */
  ClientTls strange() {
    return new ClientTls(
        file(OWN, "authority"),
        Optional.of(file(STRANGE, "crt")),
        Optional.of(file(STRANGE, "key")));
  }
}
