package org.mastership.harness.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The network between the servers of a group, each direction of each pair for itself. Servers are
 * named by their numbers. Each method returns when its fault is in force. Safe for use by any
 * thread.
 *
 * <p>What goes over a connection that is cut is not lost: it arrives when the link is healed, if
 * the connection was not given up before.
 */
public interface Links {
  /** One direction of a pair. */
  record Link(int from, int to) {}

  /** How many servers there are. */
  int servers();

  /** Nothing from one server arrives at the other; the way back is left as it is. */
  default void cut(int from, int to) throws IOException, InterruptedException {
    cut(List.of(new Link(from, to)));
  }

  /** Nothing goes over these links. */
  void cut(Collection<Link> links) throws IOException, InterruptedException;

  /** What is sent over these links arrives later. */
  void delay(Collection<Link> links, Delay delay) throws IOException, InterruptedException;

  /**
   * A share of the packets over these links is lost.
   *
   * @param share 0 to 1
   * @throws UnsupportedOperationException where there are no packets
   */
  default void lose(Collection<Link> links, double share) throws IOException, InterruptedException {
    throw new UnsupportedOperationException("these links pass streams on, and lose nothing");
  }

  /** Ends all that was done to the network. */
  void heal() throws IOException, InterruptedException;

  /**
   * Nothing arrives from a server of one part at one of another part, either way. Servers of no
   * part keep all their links.
   */
  default void partition(Collection<Set<Integer>> parts) throws IOException, InterruptedException {
    List<Link> between = new ArrayList<>();
    for (Set<Integer> part : parts) {
      for (Set<Integer> other : parts) {
        if (other != part) {
          part.forEach(from -> other.forEach(to -> between.add(new Link(from, to))));
        }
      }
    }
    cut(between);
  }

  /** A server and all others hear nothing of each other. */
  default void isolate(int server) throws IOException, InterruptedException {
    Set<Integer> others = new TreeSet<>();
    for (int number = 1; number <= servers(); number++) {
      others.add(number);
    }
    others.remove(server);
    partition(List.of(Set.of(server), others));
  }

  /** All links there are. */
  default List<Link> all() {
    List<Link> all = new ArrayList<>();
    for (int from = 1; from <= servers(); from++) {
      for (int to = 1; to <= servers(); to++) {
        if (from != to) {
          all.add(new Link(from, to));
        }
      }
    }
    return all;
  }

  /**
   * Checks that links are between servers of this group.
   *
   * @throws IllegalArgumentException if one is not
   */
  default void require(Collection<Link> links) {
    for (Link link : links) {
      if (!all().contains(link)) {
        throw new IllegalArgumentException(
            "no link from " + link.from + " to " + link.to + " of " + servers() + " servers");
      }
    }
  }
}
