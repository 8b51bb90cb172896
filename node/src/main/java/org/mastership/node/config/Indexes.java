package org.mastership.node.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configured indexes, and the ratings that are given. Where servers are rated the configured
 * index is that of the name, so that servers whose files give other ratings still agree about it.
 */
final class Indexes {
  private final List<ConfigurationFile.Server> servers;
  private final Values values;
  private final Problems problems;
  private List<Integer> ratings = List.of();

  Indexes(List<ConfigurationFile.Server> servers, Values values, Problems problems) {
    this.servers = servers;
    this.values = values;
    this.problems = problems;
  }

  /** The index of each server, in the order of the list. */
  List<Integer> of(RankedBy rankedBy) {
    ratings = ratings(rankedBy);
    return rankedBy == RankedBy.CONFIGURED ? configured() : byName();
  }

  /** What each server is given to be rated by; 0 for what it has to measure. */
  List<Integer> ratings() {
    return ratings;
  }

  private List<Integer> configured() {
    List<Integer> indexes = new ArrayList<>();
    for (ConfigurationFile.Server server : servers) {
      int place = indexes.size();
      indexes.add(values.number("servers[" + place + "].index", server.index(), 1, place + 1));
    }
    return indexes;
  }

  private List<Integer> ratings(RankedBy rankedBy) {
    return switch (rankedBy) {
      case CONFIGURED -> Collections.nCopies(servers.size(), 0);
      case POWER -> given("power", ConfigurationFile.Server::power);
      case BANDWIDTH -> given("bandwidth", ConfigurationFile.Server::bandwidth);
    };
  }

  private List<Integer> given(
      String key, Function<ConfigurationFile.Server, @Nullable String> rating) {
    List<Integer> ratings = new ArrayList<>();
    for (ConfigurationFile.Server server : servers) {
      String at = "servers[" + ratings.size() + "].";
      if (server.index() != null) {
        problems.add(at + "index", "indexes follow from 'ranking: " + key + "'; leave this out");
      }
      ratings.add(values.number(at + key, rating.apply(server), 1, 0));
    }
    return ratings;
  }

  /** Among servers that are rated equally the name decides. */
  private List<Integer> byName() {
    List<Integer> order = new ArrayList<>();
    for (int place = 0; place < servers.size(); place++) {
      order.add(place);
    }
    order.sort(Comparator.comparing(place -> String.valueOf(servers.get(place).name())));
    List<Integer> indexes = new ArrayList<>(Collections.nCopies(order.size(), 0));
    for (int rank = 0; rank < order.size(); rank++) {
      indexes.set(order.get(rank), rank + 1);
    }
    return indexes;
  }
}
