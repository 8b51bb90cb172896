package org.mastership.harness.containers;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.mastership.harness.network.Delay;
import org.mastership.harness.network.Links;

/** The links between containers, cut by the kernel and delayed by relays on their machines. */
public final class KernelLinks implements Links {
  private final List<ContainerServer> servers;
  private final Map<Link, LinkFaults> faults = new HashMap<>();

  KernelLinks(List<ContainerServer> servers) {
    this.servers = servers;
  }

  @Override
  public int servers() {
    return servers.size();
  }

  /** No packet arrives. */
  @Override
  public void cut(Collection<Link> links) throws IOException, InterruptedException {
    change(links, fault -> fault.withCut(true));
  }

  @Override
  public void lose(Collection<Link> links, double share) throws IOException, InterruptedException {
    change(links, fault -> fault.withLoss(share));
  }

  /**
   * What one server sends to the other arrives later. The first delay of a pair breaks their
   * connection in that direction once, because the new one takes another way. While it is in force
   * a receiver that is down closes connections, where it would refuse them.
   */
  @Override
  public void delay(Collection<Link> links, Delay delay) throws IOException, InterruptedException {
    require(links);
    synchronized (faults) {
      for (Link link : links) {
        server(link.from()).machine().delay(peers(), link.to(), delay);
      }
    }
    change(links, fault -> fault.withRelayed(true));
  }

  @Override
  public void heal() throws IOException, InterruptedException {
    synchronized (faults) {
      for (Map.Entry<Link, LinkFaults> each : faults.entrySet()) {
        if (each.getValue().relayed()) {
          Link link = each.getKey();
          server(link.from()).machine().delay(peers(), link.to(), Delay.NONE);
        }
      }
      change(List.copyOf(faults.keySet()), fault -> LinkFaults.NONE);
    }
  }

  private void change(Collection<Link> links, UnaryOperator<LinkFaults> change)
      throws IOException, InterruptedException {
    require(links);
    synchronized (faults) {
      Set<Integer> touched = new TreeSet<>();
      for (Link link : links) {
        LinkFaults old = faults.getOrDefault(link, LinkFaults.NONE);
        faults.put(link, change.apply(old));
        touched.add(link.from());
        touched.add(link.to());
      }
      for (int number : touched) {
        server(number).machine().restore(rules(number));
      }
    }
  }

  private String rules(int number) {
    PacketRules rules = new PacketRules();
    faults.forEach(
        (link, fault) -> {
          if (link.to() == number) {
            rules.from(server(link.from()).machine().ip(), fault);
          } else if (link.from() == number) {
            String receiver = server(link.to()).machine().ip();
            rules.to(receiver, Machine.PORT, Relay.FIRST_PORT + link.to(), fault);
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
