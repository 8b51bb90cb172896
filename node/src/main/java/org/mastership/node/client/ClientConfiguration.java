package org.mastership.node.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mastership.node.config.ClientTls;
import org.mastership.node.config.NameServerSettings;
import org.mastership.node.config.ServerConfiguration.Address;

/**
 * How a client reaches a server group.
 *
 * @param servers addresses of servers of the group, the others are learned from them; one or more,
 *     none only where there is a name server
 * @param group the group's name, which a server of another group refuses; empty for any
 * @param tls the files for TLS; empty for connections in the clear
 * @param deadline how long an operation may take if its call does not say, more than 0
 * @param window the most operations that may be under way, 1 to {@value #MOST_WINDOW}; a call
 *     beyond it fails at once
 * @param mostRequestBytes the most bytes of one operation: at most what the group is configured to
 *     take
 * @param nameServer where the master is registered; it is asked while none is known. Needs the
 *     group's name
 */
public record ClientConfiguration(
    List<Address> servers,
    String group,
    Optional<ClientTls> tls,
    Duration deadline,
    int window,
    int mostRequestBytes,
    Optional<NameServerSettings> nameServer) {
  /** The largest window: a server remembers no more results of one client. */
  public static final int MOST_WINDOW = 1024;

  private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);
  private static final int DEFAULT_REQUEST_BYTES = 65536;

  public ClientConfiguration {
    servers = List.copyOf(servers);
    if (servers.isEmpty() && nameServer.isEmpty()) {
      throw new IllegalArgumentException(
          "a client needs the address of one server at least, or a name server");
    }
    if (nameServer.isPresent() && group.isEmpty()) {
      throw new IllegalArgumentException("a name server is asked for a group: give its name");
    }
    requireDeadline(deadline);
    if (window < 1 || window > MOST_WINDOW) {
      throw new IllegalArgumentException(
          "the window must be 1 to " + MOST_WINDOW + ", not " + window);
    }
    if (mostRequestBytes < 1) {
      throw new IllegalArgumentException(
          "the most bytes of an operation must be 1 or more, not " + mostRequestBytes);
    }
  }

  /**
   * Any group, no TLS, a deadline of 10 seconds, a window of {@value #MOST_WINDOW}, and operations
   * of 65536 bytes at most.
   */
  public static ClientConfiguration of(Address... servers) {
    return new ClientConfiguration(
        List.of(servers),
        "",
        Optional.empty(),
        Duration.ofSeconds(10),
        MOST_WINDOW,
        DEFAULT_REQUEST_BYTES,
        Optional.empty());
  }

  static void requireDeadline(Duration deadline) {
    if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(LONGEST_DEADLINE) > 0) {
      throw new IllegalArgumentException(
          "a deadline must be more than 0 and at most a day, not " + deadline);
    }
  }

  /** The same for one group only. */
  public ClientConfiguration withGroup(String name) {
    return new ClientConfiguration(
        servers, name, tls, deadline, window, mostRequestBytes, nameServer);
  }

  /** The master of the named group, looked up at a name server; no server is known. */
  public static ClientConfiguration of(NameServerSettings nameServer, String group) {
    return new ClientConfiguration(
        List.of(),
        group,
        Optional.empty(),
        Duration.ofSeconds(10),
        MOST_WINDOW,
        DEFAULT_REQUEST_BYTES,
        Optional.of(nameServer));
  }

  /** The same with a name server; the group's name must have been given. */
  public ClientConfiguration withNameServer(NameServerSettings settings) {
    return new ClientConfiguration(
        servers, group, tls, deadline, window, mostRequestBytes, Optional.of(settings));
  }

  /** The same with TLS. */
  public ClientConfiguration withTls(ClientTls files) {
    return new ClientConfiguration(
        servers, group, Optional.of(files), deadline, window, mostRequestBytes, nameServer);
  }

  /** The same with another deadline. */
  public ClientConfiguration withDeadline(Duration most) {
    return new ClientConfiguration(servers, group, tls, most, window, mostRequestBytes, nameServer);
  }

  /** The same with another window. */
  public ClientConfiguration withWindow(int most) {
    return new ClientConfiguration(
        servers, group, tls, deadline, most, mostRequestBytes, nameServer);
  }

  /** The same with another bound on operations. */
  public ClientConfiguration withMostRequestBytes(int most) {
    return new ClientConfiguration(servers, group, tls, deadline, window, most, nameServer);
  }
}
