package org.mastership.node.config;

import java.nio.file.Path;
import java.util.Optional;
import org.mastership.node.config.ServerConfiguration.Address;

/**
 * Where the group's mastership is registered.
 *
 * @param kind of name server
 * @param address where it answers: HTTP for {@code EMBEDDED} and {@code ETCD}, DNS for {@code DNS}
 * @param host the server of the group that the embedded one is part of; empty where it runs alone
 * @param zone the DNS zone that takes dynamic updates; empty for other kinds
 * @param key who may update that zone; empty for a zone that asks for no key
 * @param lifeSeconds how long resolvers keep an answer (DNS), or for how long a registration stands
 *     that is not renewed (etcd); 1 or more
 */
public record NameServerSettings(
    Kind kind,
    Address address,
    Optional<String> host,
    String zone,
    Optional<SigningKey> key,
    int lifeSeconds) {

  /** The kinds of name server. */
  public enum Kind {
    /** The product's own. */
    EMBEDDED,
    /** A DNS server that takes dynamic updates (RFC 2136). */
    DNS,
    /** An etcd cluster. */
    ETCD
  }

  /**
   * A TSIG key, HMAC-SHA256.
   *
   * @param name as the DNS server knows it
   * @param file has the secret in base 64
   */
  public record SigningKey(String name, Path file) {}
}
