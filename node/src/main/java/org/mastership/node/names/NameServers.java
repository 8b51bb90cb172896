package org.mastership.node.names;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import org.mastership.node.config.NameServerSettings;
import org.mastership.node.config.NameServerSettings.SigningKey;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;

/** Makes the name server that a configuration names. */
public final class NameServers {
  private NameServers() {}

  /**
   * A group's entry; nothing is sent yet.
   *
   * @throws IllegalArgumentException if the settings can not be used; the message says why
   */
  public static NameServer of(NameServerSettings settings, String group) {
    return switch (settings.kind()) {
      case EMBEDDED -> new EmbeddedNames(settings.address(), group);
      case ETCD -> new EtcdNames(settings.address(), group, settings.lifeSeconds());
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
      byte[] secret = Base64.getDecoder().decode(Files.readString(key.file()).strip());
      return new TSIG(TSIG.HMAC_SHA256, Name.fromString(key.name(), Name.root), secret);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the key "
              + key.name()
              + " can not be read from "
              + key.file()
              + ": "
              + e
              + "; the file must have the secret in base 64",
          e);
    }
  }
}
