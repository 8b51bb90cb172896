package org.mastership.node.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.mastership.node.config.NameServerSettings;
import org.mastership.node.config.NameServerSettings.Login;
import org.mastership.node.config.NameServerSettings.SigningKey;
import org.mastership.node.transport.Tls;
import org.mastership.node.transport.TransportException;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TextParseException;

/** Makes the name server that a configuration names. */
public final class NameServers {
  private static final int LEAST_SECRET_BYTES = 16;
  private static final int MOST_FILE_BYTES = 4096;

  private NameServers() {}

  /**
   * A group's entry; nothing is sent yet.
   *
   * @throws IllegalArgumentException if the settings can not be used; the message says why
   */
  public static NameServer of(NameServerSettings settings, String group) {
    return switch (settings.kind()) {
      case EMBEDDED ->
          new EmbeddedNames(
              settings.address(), group, settings.key().map(key -> new Seal(secret(key.file()))));
      case ETCD ->
          new EtcdNames(
              settings.address(),
              group,
              settings.lifeSeconds(),
              settings.authority().map(NameServers::trusting),
              settings.login().map(NameServers::login));
      case DNS ->
          new DnsNames(
              settings.address(),
              group,
              settings.zone(),
              settings.key().isPresent() ? key(settings.key().get()) : null,
              settings.lifeSeconds());
    };
  }

  private static TSIG key(SigningKey key) {
    try {
      Name name = Name.fromString(key.name(), Name.root);
      return new TSIG(TSIG.HMAC_SHA256, name, secret(key.file()));
    } catch (TextParseException e) {
      throw new IllegalArgumentException("'" + key.name() + "' is no name of a key", e);
    }
  }

  private static EtcdNames.Login login(Login login) {
    return new EtcdNames.Login(login.user(), text(login.passwordFile(), "the password"));
  }

  private static SSLContext trusting(Path authority) {
    try {
      return Tls.trusting(authority);
    } catch (TransportException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** A secret of a file that has it in base 64. */
  static byte[] secret(Path file) {
    byte[] secret;
    try {
      secret = Base64.getDecoder().decode(text(file, "the secret in base 64"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the secret in " + file + " is not in base 64: " + e.getMessage(), e);
    }
    if (secret.length < LEAST_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "the secret in "
              + file
              + " has "
              + secret.length
              + " bytes; make one of 32: openssl rand -base64 32");
    }
    return secret;
  }

  private static String text(Path file, String what) {
    try {
      if (Files.size(file) > MOST_FILE_BYTES) {
        throw new IOException("it is longer than " + MOST_FILE_BYTES + " bytes");
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + " can not be read: " + e + "; it must have " + what, e);
    }
  }
}
