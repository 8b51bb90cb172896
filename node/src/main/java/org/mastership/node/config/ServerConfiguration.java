package org.mastership.node.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mastership.core.GroupConfiguration;

/**
 * What one server starts from. All but the name, the data folder, the files, the operators' address
 * and the name server must be the same on every server of the group.
 *
 * @param group the group's name
 * @param name this server's name
 * @param members all servers of the group, in the order of their numbers
 * @param protocol what the protocol needs to know of the group
 * @param data the folder for all that this server stores
 * @param tls the files for TLS; empty for connections in the clear
 * @param limits bounds on what clients may send and on what is kept in memory
 * @param operators where to serve health and metrics; empty for nowhere
 * @param nameServer where the mastership is registered; empty for nowhere. No promise of QUORUM
 *     rests on it, so that servers may be changed one by one
 * @param preemptNanos how long a master goes on while a server of smaller index has its whole log,
 *     before it hands over to that one (R10); 0 for until it fails. Need not be the same everywhere
 * @param rating how this server is rated (claims 20, 21)
 * @param wireVersion the newest version of the wire format that this server speaks. Need not be the
 *     same everywhere
 */
public record ServerConfiguration(
    String group,
    String name,
    List<Member> members,
    GroupConfiguration protocol,
    Path data,
    Optional<TlsFiles> tls,
    Limits limits,
    Optional<Address> operators,
    Optional<NameServerSettings> nameServer,
    long preemptNanos,
    Rating rating,
    int wireVersion) {

  /** Room in a frame for what is not the bytes of entries. */
  private static final int FRAME_OVERHEAD_BYTES = 64 << 10;

  private static final int OVERHEAD_PER_ENTRY_BYTES = 64;

  private static final int MOST_PORT = 65535;

  public ServerConfiguration {
    members = List.copyOf(members);
    if (members.stream().noneMatch(member -> member.name().equals(name))) {
      throw new IllegalArgumentException("server " + name + " is not one of the group's servers");
    }
  }

  /**
   * How a server is rated, which its index follows from.
   *
   * @param rankedBy what by; the same on all servers
   * @param given the greater, the more preferred; 0 for what is measured
   * @param everyNanos how often what changes is measured, bandwidth that is
   */
  public record Rating(RankedBy rankedBy, long given, long everyNanos) {
    /** Whether servers are rated at all. */
    public boolean active() {
      return rankedBy != RankedBy.CONFIGURED;
    }

    /** Whether this server is to find out how it is rated. */
    public boolean measured() {
      return active() && given == 0;
    }
  }

  /**
   * One server of the group.
   *
   * @param name its name, unique in the group
   * @param number its permanent place in the group, from 1
   * @param index its configured rank, smaller is preferred as master
   * @param address where it listens, for servers and clients alike
   */
  public record Member(String name, int number, int index, Address address) {}

  /**
   * A host and a port.
   *
   * @param host a name or an address
   * @param port 1 to 65535
   */
  public record Address(String host, int port) {
    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is not a host, a colon and a port
     */
    public static Address parse(String text) {
      int colon = text.lastIndexOf(':');
      String host = colon < 1 ? "" : text.substring(0, colon);
      boolean bracketed = host.startsWith("[") && host.endsWith("]");
      String bare = bracketed ? host.substring(1, host.length() - 1) : host;
      try {
        int port = Integer.parseInt(text.substring(colon + 1));
        if (!bare.isEmpty() && port > 0 && port <= MOST_PORT) {
          return new Address(bare, port);
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      throw new IllegalArgumentException(
          "'" + text + "' is not host:port with a port from 1 to 65535");
    }

    @Override
    public String toString() {
      return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
  }

  /**
   * The files for TLS, all PEM.
   *
   * @param certificate this server's certificate chain
   * @param key its private key, PKCS#8
   * @param authority the certificates that sign the others'
   * @param mutual whether those who connect must show a certificate, too
   */
  public record TlsFiles(Path certificate, Path key, Path authority, boolean mutual) {}

  /**
   * Bounds.
   *
   * @param mostRequestBytes the most bytes of one request's operation
   * @param mostPendingRequests the most requests that wait for an answer at one server
   * @param mostPendingBytes with how many bytes of these the client that brings more is not read
   *     from until there are fewer
   * @param mostCachedBytes how many bytes of executed entries are kept in memory for back-ups that
   *     are behind
   * @param mostSessions how many clients' sessions are kept; the least recently used one expires
   * @param mostRecordedBytes how many bytes the recording of inputs may take on disk; 0 for none
   * @param snapshotAfterBytes after how many bytes of log a snapshot takes their place; 0 for only
   *     when it is asked for
   */
  public record Limits(
      int mostRequestBytes,
      int mostPendingRequests,
      long mostPendingBytes,
      long mostCachedBytes,
      int mostSessions,
      long mostRecordedBytes,
      long snapshotAfterBytes) {}

  /** This server. */
  public Member self() {
    return members.stream().filter(member -> member.name().equals(name)).findFirst().orElseThrow();
  }

  /** The server with a number. */
  public Member member(int number) {
    return members.get(number - 1);
  }

  /** The longest frame between servers, which follows from the largest message of entries. */
  public int mostPeerFrameBytes() {
    return protocol.limits().entriesPerMessage()
            * (limits.mostRequestBytes() + OVERHEAD_PER_ENTRY_BYTES)
        + FRAME_OVERHEAD_BYTES;
  }

  /** The longest frame from a client. */
  public int mostClientFrameBytes() {
    return limits.mostRequestBytes() + FRAME_OVERHEAD_BYTES;
  }

  /**
   * What all servers must agree on, as one text; two servers with different ones do not talk. It is
   * made to be read where two differ.
   */
  public String fingerprint() {
    StringBuilder servers = new StringBuilder();
    for (Member member : members) {
      servers.append(member.name()).append('=').append(member.index()).append(' ');
    }
    return servers.toString()
        + protocol
        + (rating.active() ? " ranked by " + rating.rankedBy() : "")
        + " most request bytes "
        + limits.mostRequestBytes()
        + " most sessions "
        + limits.mostSessions();
  }
}
