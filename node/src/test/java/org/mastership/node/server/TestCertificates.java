package org.mastership.node.server;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;

/** Certificates made for a test: an authority, and one certificate for servers on loopback. */
final class TestCertificates {
  private TestCertificates() {}

  /** Writes the files into a folder and gives the configuration that names them. */
  static String configurationIn(Path folder) throws Exception {
    X509Bundle authority =
        new CertificateBuilder()
            .subject("CN=test authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    X509Bundle server =
        new CertificateBuilder()
            .subject("CN=test server")
            .addSanIpAddress("127.0.0.1")
            .buildIssuedBy(authority);
    Files.writeString(folder.resolve("server.crt"), server.getCertificatePathPEM());
    Files.writeString(folder.resolve("server.key"), server.getPrivateKeyPEM());
    Files.writeString(folder.resolve("authority.crt"), authority.getCertificatePEM());
    return "tls: { certificate: server.crt, key: server.key, authority: authority.crt, mutual: true }";
  }
}
