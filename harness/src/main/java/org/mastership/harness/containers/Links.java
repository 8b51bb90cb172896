package org.mastership.harness.containers;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The network between the servers of a group, each direction of each pair for itself. Servers are
 * named by their numbers. Each method returns when its fault is in force. Safe for use by any
 * thread.
 *
 * <p>What goes over a connection that is cut is not lost but sent again by the kernel, at growing
 * intervals, until the connection is given up or healed.
 */
public final class Links {
  private record Link(int from, int to) {}

  private final List<ContainerServer> servers;
  private final Map<Link, LinkFaults> faults = new HashMap<>();

  Links(List<ContainerServer> servers) {
    this.servers = servers;
  }

  /** No packet from one server arrives at the other; the way back is left as it is. */
  public void cut(int from, int to) throws IOException, InterruptedException {
    change(List.of(new Link(from, to)), fault -> fault.withCut(true));
  }

  /**
   * No packet arrives from a server of one part at one of another part, either way. Servers of no
   * part keep all their links.
   */
  public void partition(Collection<Set<Integer>> parts) throws IOException, InterruptedException {
    List<Link> between =
        parts.stream()
            .flatMap(
                part ->
                    parts.stream()
                        .filter(other -> other != part)
                        .flatMap(other -> links(part, other).stream()))
            .toList();
    change(between, fault -> fault.withCut(true));
  }

  private static List<Link> links(Set<Integer> from, Set<Integer> to) {
    return from.stream()
        .flatMap(sender -> to.stream().map(receiver -> new Link(sender, receiver)))
        .toList();
  }

  /** A server and all others hear nothing of each other. */
  public void isolate(int server) throws IOException, InterruptedException {
    Set<Integer> others = new TreeSet<>();
    servers.forEach(each -> others.add(each.number()));
    others.remove(server);
    partition(List.of(Set.of(server), others));
  }

  /**
   * A share of the packets from one server to the other is lost.
   *
   * @param share 0 to 1
   */
  public void lose(int from, int to, double share) throws IOException, InterruptedException {
    change(List.of(new Link(from, to)), fault -> fault.withLoss(share));
  }

  /**
   * What one server sends to the other arrives later. The first delay of a pair breaks their
   * connection in that direction once, because the new one takes another way. While it is in force
   * a receiver that is down closes connections, where it would refuse them.
   */
  public void delay(int from, int to, Delay delay) throws IOException, InterruptedException {
    Link link = new Link(from, to);
    requirePair(link);
    synchronized (faults) {
      server(from).machine().delay(peers(), to, delay);
    }
    change(List.of(link), fault -> fault.withRelayed(true));
  }

  /** Ends all that was done to the network. */
  public void heal() throws IOException, InterruptedException {
    synchronized (faults) {
      for (Map.Entry<Link, LinkFaults> each : faults.entrySet()) {
        if (each.getValue().relayed()) {
          Link link = each.getKey();
          server(link.from).machine().delay(peers(), link.to, Delay.NONE);
        }
      }
      change(List.copyOf(faults.keySet()), fault -> LinkFaults.NONE);
    }
  }

  private void change(Collection<Link> links, UnaryOperator<LinkFaults> change)
      throws IOException, InterruptedException {
    synchronized (faults) {
      Set<Integer> touched = new TreeSet<>();
      for (Link link : links) {
        requirePair(link);
        LinkFaults old = faults.getOrDefault(link, LinkFaults.NONE);
        faults.put(link, change.apply(old));
        touched.add(link.from);
        touched.add(link.to);
      }
      for (int number : touched) {
        server(number).machine().restore(rules(number));
      }
    }
  }

  private void requirePair(Link link) {
    if (link.from == link.to || isNoServer(link.from) || isNoServer(link.to)) {
      throw new IllegalArgumentException(
          "no link from " + link.from + " to " + link.to + " of " + servers.size() + " servers");
    }
  }

  private boolean isNoServer(int number) {
    return number < 1 || number > servers.size();
  }

  private String rules(int number) {
    PacketRules rules = new PacketRules();
    faults.forEach(
        (link, fault) -> {
          if (link.to == number) {
            rules.from(server(link.from).machine().ip(), fault);
          } else if (link.from == number) {
            String receiver = server(link.to).machine().ip();
            rules.to(receiver, Machine.PORT, Relay.FIRST_PORT + link.to, fault);
          }
        });
    return rules.text();
  }

  private List<String> peers() {
    return servers.stream()
        .map(each -> each.number() + "=" + each.machine().ip() + ":" + Machine.PORT)
        .toList();
  }

  private ContainerServer server(int number) {
    return servers.get(number - 1);
  }
}
