package org.mastership.node.client;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.transport.Dialer;
import org.mastership.node.wire.NotMaster;
import org.mastership.node.wire.ServerMessage;

/**
 * The servers that this client knows, and which of them it takes for the master: the one that those
 * it is connected to name under the highest epoch. While it searches it is connected to all, so
 * that it hears of a new master when they do; otherwise to the master and one more, which watches.
 * For the event loop only.
 */
final class Servers implements Link.Listener {
  private static final int MOST_SERVERS = 64;
  private static final int LONGEST_DENIAL_MILLIS = 64;

  /** Is told of the master, and of what servers say about calls. */
  interface Listener {
    /** From now on this one is to be asked, on a new connection; null if none is known. */
    void masterChanged(@Nullable Link master);

    void received(Link link, ServerMessage message);

    void readComplete();
  }

  private final EventLoop loop;
  private final Function<Address, Dialer> dialers;
  private final Listener listener;
  private final Map<Address, Link> links = new LinkedHashMap<>();
  private @Nullable Link master;
  private @Nullable Link watcher;
  private volatile boolean searching;
  private int denials;

  Servers(
      List<Address> addresses,
      EventLoop loop,
      Function<Address, Dialer> dialers,
      Listener listener) {
    this.loop = loop;
    this.dialers = dialers;
    this.listener = listener;
    addresses.forEach(this::add);
  }

  private Link add(Address address) {
    return links.computeIfAbsent(address, each -> new Link(each, loop, dialers.apply(each), this));
  }

  @Nullable Link master() {
    return master;
  }

  /** Connects to all servers until a master answers. */
  void search() {
    searching = true;
    watcher = null;
    links.values().forEach(Link::open);
  }

  /** This server answers: if it is the master, all others but one watcher can be let go. */
  void settle(Link answering) {
    if (answering != master) {
      return;
    }
    denials = 0;
    if (!searching) {
      return;
    }
    searching = false;
    watcher = null;
    for (Link link : links.values()) {
      if (link == master) {
        continue;
      }
      if (watcher == null && link.isReady()) {
        watcher = link;
      } else {
        link.release();
      }
    }
    if (watcher == null) {
      watchNext();
    }
  }

  private void watchNext() {
    List<Link> all = new ArrayList<>(links.values());
    int at = watcher == null ? -1 : all.indexOf(watcher);
    if (watcher != null) {
      watcher.release();
    }
    watcher = null;
    for (int step = 1; step <= all.size() && watcher == null; step++) {
      Link next = all.get((at + step) % all.size());
      watcher = next == master ? null : next;
    }
    if (watcher != null) {
      watcher.open();
    }
  }

  void closeAll() {
    links.values().forEach(Link::release);
  }

  /** A server that was asked as master says that it is not. */
  void denied(Link link, NotMaster answer) {
    link.believes(link.belief().pointingTo(answer.getMaster(), answer.getAddress()));
    int waitMillis = Math.min(LONGEST_DENIAL_MILLIS, 1 << Math.min(denials, 16));
    denials++;
    loop.schedule(() -> forget(link), waitMillis, TimeUnit.MILLISECONDS);
    search();
    update();
  }

  private void forget(Link link) {
    link.believes(link.belief().notDenied());
    update();
  }

  @Override
  public void ready(Link link) {
    update();
  }

  @Override
  public void lost(Link link) {
    if (!searching && link == watcher) {
      watchNext();
    }
    update();
  }

  @Override
  public void received(Link link, ServerMessage message) {
    if (message.hasMastershipNotice()) {
      link.believes(link.belief().after(Belief.of(message.getMastershipNotice())));
      update();
    } else {
      listener.received(link, message);
    }
  }

  @Override
  public void readComplete() {
    listener.readComplete();
  }

  private void update() {
    Link best = choose();
    if (best == null) {
      search();
    }
    if (best != master) {
      master = best;
      listener.masterChanged(best);
    }
  }

  /**
   * The server that is named under the highest epoch. One that is named but not connected yet is
   * waited for; one that can not be reached, or says that it is not the master, is passed over.
   */
  private @Nullable Link choose() {
    List<Belief> beliefs =
        links.values().stream()
            .filter(Link::isReady)
            .map(Link::belief)
            .filter(Belief::knowsMaster)
            .sorted(Belief.MOST_TELLING)
            .toList();
    for (Belief belief : beliefs) {
      Link named = named(belief);
      if (named == null && !isAnyPending()) {
        named = learned(belief.address());
      }
      if (isAnyPending() && (named == null || named.isPending())) {
        return null;
      }
      if (named != null && named.isReady() && named.belief().mayBeMaster(belief.epoch())) {
        return named;
      }
    }
    return null;
  }

  /** The link to the master that a server names, if a connection has told its number. */
  private @Nullable Link named(Belief belief) {
    for (Link link : links.values()) {
      if (link.isReady() && link.belief().server() == belief.master()) {
        return link;
      }
    }
    return null;
  }

  private boolean isAnyPending() {
    return links.values().stream().anyMatch(Link::isPending);
  }

  /** Whether no server has answered as master yet; any thread. */
  boolean isSearching() {
    return searching;
  }

  /** A name server says that the master is there. */
  void named(Address address) {
    if (searching && !links.containsKey(address)) {
      learned(address);
    }
  }

  /** The link to an address that a server has told; null if that is none, or there are too many. */
  private @Nullable Link learned(String text) {
    Address address;
    try {
      address = Address.parse(text);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
    return learned(address);
  }

  private @Nullable Link learned(Address address) {
    if (!links.containsKey(address) && links.size() >= MOST_SERVERS) {
      return null;
    }
    Link link = add(address);
    link.open();
    return link;
  }

  /** The servers, and what is known of each, for the person who reads an error. */
  String describe() {
    return links.values().stream().map(Servers::describe).collect(Collectors.joining("; "));
  }

  private static String describe(Link link) {
    if (!link.isReady()) {
      return link.address() + ": " + (link.problem().isEmpty() ? "no answer yet" : link.problem());
    }
    Belief belief = link.belief();
    if (belief.master() == 0) {
      return link.address() + ": connected, it knows no master";
    }
    String claim =
        belief.master() == belief.server()
            ? "it was the master"
            : "it says that the master is " + belief.address();
    return link.address() + ": connected, " + claim + (belief.denied() ? ", but is not now" : "");
  }
}
