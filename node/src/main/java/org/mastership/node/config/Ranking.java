package org.mastership.node.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the servers' indexes follow from (claims 19 to 21). All servers read the same file, so all
 * agree.
 */
enum Ranking {
  /** From what is configured: the place in the list, or an index that is given. */
  CONFIGURED {
    @Override
    List<Integer> indexes(
        List<ConfigurationFile.Server> servers, Values values, Problems problems) {
      List<Integer> indexes = new ArrayList<>();
      for (ConfigurationFile.Server server : servers) {
        int place = indexes.size();
        indexes.add(values.number("servers[" + place + "].index", server.index(), 1, place + 1));
      }
      return indexes;
    }
  },
  /** From computational power: the most powerful is preferred. */
  POWER {
    @Override
    List<Integer> indexes(
        List<ConfigurationFile.Server> servers, Values values, Problems problems) {
      return greatestFirst("power", ConfigurationFile.Server::power, servers, values, problems);
    }
  },
  /** From bandwidth: the best connected is preferred. */
  BANDWIDTH {
    @Override
    List<Integer> indexes(
        List<ConfigurationFile.Server> servers, Values values, Problems problems) {
      return greatestFirst(
          "bandwidth", ConfigurationFile.Server::bandwidth, servers, values, problems);
    }
  };

  /** The index of each server, in the order of the list. */
  abstract List<Integer> indexes(
      List<ConfigurationFile.Server> servers, Values values, Problems problems);

  /** The greatest rating is preferred; ties by name. */
  private static List<Integer> greatestFirst(
      String key,
      Function<ConfigurationFile.Server, @Nullable String> rating,
      List<ConfigurationFile.Server> servers,
      Values values,
      Problems problems) {
    List<Integer> ratings = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (ConfigurationFile.Server server : servers) {
      String at = "servers[" + order.size() + "].";
      if (server.index() != null) {
        problems.add(at + "index", "indexes follow from 'ranking: " + key + "'; leave this out");
      }
      String needed = "'ranking: " + key + "' needs it";
      String text = values.required(at + key, rating.apply(server), needed);
      ratings.add(text.isEmpty() ? 0 : values.number(at + key, text, 1, 0));
      order.add(order.size());
    }
    order.sort(
        Comparator.comparing((Integer place) -> ratings.get(place))
            .reversed()
            .thenComparing(place -> String.valueOf(servers.get(place).name())));
    List<Integer> indexes = new ArrayList<>(Collections.nCopies(servers.size(), 0));
    for (int rank = 0; rank < order.size(); rank++) {
      indexes.set(order.get(rank), rank + 1);
    }
    return indexes;
  }
}
