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
 * @param key with which updates of the zone are signed, or registrations at an embedded name
 *     server; empty where none is asked for
 * @param authority the certificates, PEM, that sign etcd's; empty for HTTP in the clear
 * @param login as whom etcd is used; empty for nobody
 * @param lifeSeconds how long resolvers keep an answer (DNS), or for how long a registration stands
 *     that is not renewed (etcd); 1 or more
 */
public record NameServerSettings(
    Kind kind,
    Address address,
    Optional<String> host,
    String zone,
    Optional<SigningKey> key,
    Optional<Path> authority,
    Optional<Login> login,
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
   * A key for HMAC-SHA256; for DNS that is TSIG.
   *
   * @param name as the DNS server knows it; empty for an embedded one
   * @param file has the secret in base 64
   */
  public record SigningKey(String name, Path file) {}

  /**
   * A user of etcd.
   *
   * @param passwordFile has the password
   */
  public record Login(String user, Path passwordFile) {}
}
