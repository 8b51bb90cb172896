package org.mastership.node.transport;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.mastership.node.config.ServerConfiguration.TlsFiles;

/** TLS from files, for those who listen and those who connect. */
public final class Tls {
  private Tls() {}

  /** For a server that listens; empty without files. */
  public static Optional<SslContext> listening(Optional<TlsFiles> files) throws TransportException {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    TlsFiles tls = files.get();
    requireReadable(tls);
    try {
      return Optional.of(
          SslContextBuilder.forServer(tls.certificate().toFile(), tls.key().toFile())
              .trustManager(tls.authority().toFile())
              .clientAuth(tls.mutual() ? ClientAuth.REQUIRE : ClientAuth.NONE)
              .build());
    } catch (SSLException | IllegalArgumentException e) {
      throw unusable(tls, e);
    }
  }

  /** For whoever connects; the other side's certificate must name its host. Empty without files. */
  public static Optional<SslContext> connecting(Optional<TlsFiles> files)
      throws TransportException {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    TlsFiles tls = files.get();
    requireReadable(tls);
    try {
      return Optional.of(
          SslContextBuilder.forClient()
              .keyManager(tls.certificate().toFile(), tls.key().toFile())
              .trustManager(tls.authority().toFile())
              .endpointIdentificationAlgorithm("HTTPS")
              .build());
    } catch (SSLException | IllegalArgumentException e) {
      throw unusable(tls, e);
    }
  }

  private static void requireReadable(TlsFiles tls) throws TransportException {
    for (Path file : List.of(tls.certificate(), tls.key(), tls.authority())) {
      if (!Files.isReadable(file)) {
        throw new TransportException(
            "the TLS file " + file + " can not be read; check the path and its rights",
            new FileNotFoundException(file.toString()));
      }
    }
  }

  private static TransportException unusable(TlsFiles tls, Exception e) {
    return new TransportException(
        "the TLS files can not be used (certificate "
            + tls.certificate()
            + ", key "
            + tls.key()
            + ", authority "
            + tls.authority()
            + "; all PEM, the key PKCS#8 without a password): "
            + e.getMessage(),
        e);
  }
}
