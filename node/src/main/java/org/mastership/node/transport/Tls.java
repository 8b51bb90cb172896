package org.mastership.node.transport;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.mastership.node.config.ClientTls;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.config.ServerConfiguration.TlsFiles;

/** TLS from files, for those who listen and those who connect. */
public final class Tls {
  /** Signatures of a handshake take milliseconds, which the event loop does not have. */
  private static final Executor HANDSHAKES =
      Executors.newFixedThreadPool(2, new DefaultThreadFactory("tls", true));

  private Tls() {}

  /**
   * For a server that listens; empty without files.
   *
   * @throws TransportException if a file can not be used; the message says which and what to do
   */
  public static Optional<SslContext> listening(Optional<TlsFiles> files) throws TransportException {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    TlsFiles tls = files.get();
    X509Certificate[] chain = PemFiles.certificates(tls.certificate());
    PrivateKey key = PemFiles.key(tls.key(), tls.certificate(), chain[0]);
    return build(
        tls.authority(),
        SslContextBuilder.forServer(key, chain)
            .clientAuth(tls.mutual() ? ClientAuth.REQUIRE : ClientAuth.NONE));
  }

  /**
   * For whoever connects; the other side's certificate must name its host. Empty without files.
   *
   * @throws TransportException if a file can not be used; the message says which and what to do
   */
  public static Optional<SslContext> connecting(Optional<ClientTls> files)
      throws TransportException {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    ClientTls tls = files.get();
    SslContextBuilder builder =
        SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
    if (tls.certificate().isPresent() && tls.key().isPresent()) {
      Path certificate = tls.certificate().get();
      X509Certificate[] chain = PemFiles.certificates(certificate);
      builder.keyManager(PemFiles.key(tls.key().get(), certificate, chain[0]), chain);
    }
    return build(tls.authority(), builder);
  }

  /**
   * For whoever connects by HTTPS and shows no certificate.
   *
   * @param authority the certificates, PEM, that sign those of the other side
   * @throws TransportException if the file can not be used; the message says what to do
   */
  public static SSLContext trusting(Path authority) throws TransportException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate each : PemFiles.certificates(authority)) {
        store.setCertificateEntry(each.getSubjectX500Principal().getName(), each);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new TransportException(
          "TLS can not be used with the authority in " + authority + ": " + Printable.of(e), e);
    }
  }

  private static Optional<SslContext> build(Path authority, SslContextBuilder builder)
      throws TransportException {
    try {
      return Optional.of(builder.trustManager(PemFiles.certificates(authority)).build());
    } catch (SSLException | IllegalArgumentException e) {
      throw new TransportException(
          "TLS can not be used with the authority in " + authority + ": " + Printable.of(e), e);
    }
  }

  /** Puts TLS on a connection that was accepted. */
  static void accept(SslContext context, Channel channel) {
    channel.pipeline().addLast(context.newHandler(channel.alloc(), HANDSHAKES));
  }

  /** Puts TLS on a connection that was opened to an address. */
  static void connect(SslContext context, Channel channel, Address address) {
    channel
        .pipeline()
        .addLast(context.newHandler(channel.alloc(), address.host(), address.port(), HANDSHAKES));
  }
}
