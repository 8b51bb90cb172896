package org.mastership.harness.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.mastership.harness.network.Delay;
import org.mastership.harness.network.LinkState;
import org.mastership.harness.network.Links;
import org.mastership.harness.network.Relays;
import org.mastership.node.config.ServerConfiguration.Address;

/**
 * The links between processes on loopback: each server reaches each other one by a relay in this
 * process. A server that is down closes connections there, where it would refuse them.
 */
public final class RelayedLinks implements Links, AutoCloseable {
  private final List<Address> servers;
  private final Map<Link, LinkState> states = new ConcurrentHashMap<>();
  private final Map<Link, Address> addresses = new ConcurrentHashMap<>();
  private final Relays relays = new Relays();

  /**
   * Relays for all links.
   *
   * @param ports free ones, one for each link
   * @throws IOException if interrupted
   */
  RelayedLinks(List<Address> servers, List<Integer> ports) throws IOException {
    this.servers = servers;
    List<Link> all = all();
    try {
      for (int i = 0; i < all.size(); i++) {
        open(all.get(i), ports.get(i));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the relays were opened", e);
    }
  }

  private void open(Link link, int port) throws InterruptedException {
    Address receiver = servers.get(link.to() - 1);
    addresses.put(link, new Address("127.0.0.1", port));
    relays.pass(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.port()),
        () -> state(link),
        () -> state(new Link(link.to(), link.from())));
  }

  private LinkState state(Link link) {
    return states.getOrDefault(link, LinkState.OPEN);
  }

  /** Where one server finds another; its own address where both are the same. */
  Address address(int from, int to) {
    return addresses.getOrDefault(new Link(from, to), servers.get(to - 1));
  }

  @Override
  public int servers() {
    return servers.size();
  }

  @Override
  public void cut(Collection<Link> links) {
    change(links, state -> new LinkState(true, state.delay()));
  }

  @Override
  public void delay(Collection<Link> links, Delay delay) {
    change(links, state -> new LinkState(state.cut(), delay));
  }

  private void change(Collection<Link> links, UnaryOperator<LinkState> change) {
    require(links);
    links.forEach(
        link ->
            states.merge(link, change.apply(LinkState.OPEN), (old, ignored) -> change.apply(old)));
  }

  @Override
  public void heal() {
    states.clear();
  }

  @Override
  public void close() {
    relays.close();
  }
}
