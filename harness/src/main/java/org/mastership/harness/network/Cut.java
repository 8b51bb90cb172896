package org.mastership.harness.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.mastership.harness.network.Links.Link;

/**
 * Links of a group that are to be cut together. Where servers are given in a list, their order says
 * who is where; draw it at random.
 *
 * @param servers those that it is about
 * @param links what is cut
 * @param text for people
 */
public record Cut(List<Integer> servers, List<Link> links, String text) {
  public Cut {
    servers = List.copyOf(servers);
    links = List.copyOf(links);
  }

  /** Two halves of all servers hear nothing of each other. */
  public static Cut halves(List<Integer> servers) {
    return between(servers, "");
  }

  /** Two halves hear nothing of each other, but both hear the first server. */
  public static Cut bridge(List<Integer> servers) {
    return between(servers.subList(1, servers.size()), ", s" + servers.get(0) + " between");
  }

  private static Cut between(List<Integer> servers, String more) {
    List<Integer> one = servers.subList(0, servers.size() / 2);
    List<Integer> other = servers.subList(servers.size() / 2, servers.size());
    List<Link> links = new ArrayList<>();
    for (int here : one) {
      for (int there : other) {
        links.add(new Link(here, there));
        links.add(new Link(there, here));
      }
    }
    return new Cut(servers, links, names(one) + " | " + names(other) + more);
  }

  /** Each server keeps its nearest neighbours on both sides, just enough for a majority. */
  public static Cut ring(List<Integer> circle) {
    int size = circle.size();
    int reach = (size / 2 + 1) / 2;
    List<Link> far = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        int distance = Math.min(Math.floorMod(i - j, size), Math.floorMod(j - i, size));
        if (distance > reach) {
          far.add(new Link(circle.get(i), circle.get(j)));
        }
      }
    }
    return new Cut(circle, far, "around " + circle);
  }

  /**
   * One server is not heard, or hears nobody.
   *
   * @param unheard which of the two
   * @param size how many servers there are
   */
  public static Cut oneWay(int server, boolean unheard, int size) {
    List<Link> links =
        IntStream.rangeClosed(1, size)
            .filter(other -> other != server)
            .mapToObj(other -> unheard ? new Link(server, other) : new Link(other, server))
            .toList();
    String text = "s" + server + (unheard ? " is not heard" : " hears nobody");
    return new Cut(List.of(server), links, text);
  }

  /**
   * One server and all others hear nothing of each other.
   *
   * @param size how many servers there are
   */
  public static Cut isolated(int server, int size) {
    List<Link> links = new ArrayList<>(oneWay(server, true, size).links);
    links.addAll(oneWay(server, false, size).links);
    return new Cut(List.of(server), links, "s" + server);
  }

  private static String names(Collection<Integer> numbers) {
    StringBuilder names = new StringBuilder();
    new TreeSet<>(numbers).forEach(each -> names.append(names.isEmpty() ? "s" : " s").append(each));
    return names.toString();
  }
}
