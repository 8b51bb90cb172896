package org.mastership.spec.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mastership.core.trace.Tla;

/**
 * A group of core's servers and what is under way between them.
 *
 * @param servers in the order of their numbers
 * @param net the messages under way, by their text
 * @param left what may still happen: crashes, breaks, losses, doubles
 */
record CoreGroup(List<CoreServer> servers, Map<String, Sent> net, Map<String, Integer> left) {

  CoreGroup {
    servers = List.copyOf(servers);
  }

  CoreServer server(int number) {
    return servers.get(number - 1);
  }

  CoreGroup with(int number, CoreServer server, Map<String, Sent> messages) {
    List<CoreServer> all = new ArrayList<>(servers);
    all.set(number - 1, server);
    return new CoreGroup(all, messages, left);
  }

  CoreGroup without(Sent message) {
    Map<String, Sent> messages = new TreeMap<>(net);
    messages.remove(message.text());
    return new CoreGroup(servers, messages, left);
  }

  CoreGroup spending(String what) {
    Map<String, Integer> less = new TreeMap<>(left);
    less.merge(what, -1, Integer::sum);
    return new CoreGroup(servers, net, less);
  }

  boolean has(String what) {
    return left.getOrDefault(what, 0) > 0;
  }

  /** The servers to which one has a connection. */
  Set<Object> connected(int number) {
    Set<Object> connected = new TreeSet<>();
    for (int peer = 1; peer <= servers.size(); peer++) {
      if (peer != number && server(number).state().peer(peer).connected()) {
        connected.add((long) peer);
      }
    }
    return connected;
  }

  /** The state of the specification that this is, as text. */
  String text() {
    List<Object> connected = new ArrayList<>();
    for (int number = 1; number <= servers.size(); number++) {
      connected.add(connected(number));
    }
    return String.join(
        "\n",
        "connected = " + Tla.text(connected),
        "disk = " + tuple(servers.stream().map(server -> server.disk().text()).toList()),
        "left = " + Tla.text(left),
        "net = {" + String.join(", ", net.keySet()) + "}",
        "server = " + tuple(servers.stream().map(CoreServer::view).toList()));
  }

  private static String tuple(List<String> texts) {
    return texts.stream().collect(Collectors.joining(", ", "<<", ">>"));
  }
}
