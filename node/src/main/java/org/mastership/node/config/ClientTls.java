package org.mastership.node.config;

import java.nio.file.Path;
import java.util.Optional;
import org.mastership.node.config.ServerConfiguration.TlsFiles;

/**
 * The files for TLS of who connects to a server, all PEM.
 *
 * @param authority the certificates that sign those of the servers
 * @param certificate the own certificate chain; empty where the servers ask for none
 * @param key its private key, PKCS#8; there if the certificate is
 */
public record ClientTls(Path authority, Optional<Path> certificate, Optional<Path> key) {
  public ClientTls {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("a certificate and its key are given together or not");
    }
  }

  /** Shows no certificate, for servers that ask for none. */
  public static ClientTls trusting(Path authority) {
    return new ClientTls(authority, Optional.empty(), Optional.empty());
  }

  /** As a server of the group connects: with its certificate where the others ask for one. */
  public static ClientTls of(TlsFiles files) {
    return files.mutual()
        ? new ClientTls(
            files.authority(), Optional.of(files.certificate()), Optional.of(files.key()))
        : trusting(files.authority());
  }
}
