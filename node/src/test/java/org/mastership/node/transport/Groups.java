package org.mastership.node.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mastership.core.DelayFormula;
import org.mastership.core.DelayTable;
import org.mastership.core.ElectionDelay;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.Timing;
import org.mastership.node.config.RankedBy;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.config.ServerConfiguration.Limits;
import org.mastership.node.config.ServerConfiguration.Member;
import org.mastership.node.config.ServerConfiguration.TlsFiles;

/** Configurations of groups on free ports of this machine. */
final class Groups {
  static final int MOST_REQUEST_BYTES = 1 << 10;
  private static final long MILLI = 1_000_000;
  private static final List<String> NAMES = List.of("one", "two", "three");

  private Groups() {}

  /** Three servers; the configuration is that of the first. */
  private static final ServerConfiguration.Rating UNRATED =
      new ServerConfiguration.Rating(RankedBy.CONFIGURED, 0, 0);

  static ServerConfiguration ofThree() {
    return ofThree("127.0.0.1");
  }

  static ServerConfiguration ofThree(String host) {
    List<Member> members = new ArrayList<>();
    List<Integer> ports = freePorts(NAMES.size());
    for (int number = 1; number <= NAMES.size(); number++) {
      Address address = new Address(host, ports.get(number - 1));
      members.add(new Member(NAMES.get(number - 1), number, number, address));
    }
    return new ServerConfiguration(
        "group",
        NAMES.get(0),
        members,
        protocol(),
        Path.of("unused"),
        Optional.empty(),
        new Limits(MOST_REQUEST_BYTES, 64, 1 << 20, 1 << 20, 16, 0, 0),
        Optional.empty(),
        Optional.empty(),
        0,
        UNRATED,
        Frames.VERSION);
  }

  private static GroupConfiguration protocol() {
    return new GroupConfiguration(
        Guarantee.QUORUM,
        List.of(1, 2, 3),
        new Timing(25 * MILLI, 90 * MILLI, 105 * MILLI, 500),
        new ElectionDelay(
            DelayFormula.TIGHT, 10 * MILLI, 35 * MILLI, DelayTable.uniform(3, 10 * MILLI)),
        new GroupConfiguration.Limits(16, 64));
  }

  private static List<Integer> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      List<Integer> ports = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        ports.add(socket.getLocalPort());
      }
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same group as server {@code number} sees it. */
  static ServerConfiguration as(ServerConfiguration group, int number) {
    return changed(group, group.group(), group.member(number).name(), group.tls());
  }

  static ServerConfiguration withTls(ServerConfiguration group, TlsFiles files) {
    return changed(group, group.group(), group.name(), Optional.of(files));
  }

  static ServerConfiguration named(ServerConfiguration group, String name) {
    return changed(group, name, group.name(), group.tls());
  }

  private static ServerConfiguration changed(
      ServerConfiguration from, String group, String name, Optional<TlsFiles> tls) {
    return new ServerConfiguration(
        group,
        name,
        from.members(),
        from.protocol(),
        from.data(),
        tls,
        from.limits(),
        from.operators(),
        from.nameServer(),
        0,
        UNRATED,
        Frames.VERSION);
  }

  /** The same but for one thing on which all must agree. */
  static ServerConfiguration withMostRequestBytes(ServerConfiguration from, int most) {
    Limits limits = from.limits();
    return new ServerConfiguration(
        from.group(),
        from.name(),
        from.members(),
        from.protocol(),
        from.data(),
        from.tls(),
        new Limits(
            most,
            limits.mostPendingRequests(),
            limits.mostPendingBytes(),
            limits.mostCachedBytes(),
            limits.mostSessions(),
            limits.mostRecordedBytes(),
            limits.snapshotAfterBytes()),
        from.operators(),
        from.nameServer(),
        0,
        UNRATED,
        Frames.VERSION);
  }
}
