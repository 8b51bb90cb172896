package org.mastership.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The index of each server in one tenure (claims 11, 19 to 21). It travels with the mastership, so
 * all that know a master know the same ranking.
 *
 * @param indexes in the order of the servers' numbers: 1..N, smaller is preferred; empty for the
 *     configured ones
 */
public record Ranking(List<Integer> indexes) {
  /** The indexes of the configuration. */
  public static final Ranking CONFIGURED = new Ranking(List.of());

  /**
   * A ranking.
   *
   * @throws IllegalArgumentException if the indexes are not 1..N in some order
   */
  public Ranking {
    indexes = List.copyOf(indexes);
    for (int index = 1; index <= indexes.size(); index++) {
      if (!indexes.contains(index)) {
        throw new IllegalArgumentException("a ranking without an index " + index + ": " + indexes);
      }
    }
  }

  /** Whether the indexes are those of the configuration. */
  public boolean isConfigured() {
    return indexes.isEmpty();
  }

  /**
   * The greatest rating is preferred; among equal ones the smaller configured index (claims 20,
   * 21).
   *
   * @param ratings of each server in the order of their numbers
   * @param configured the configured indexes
   */
  static Ranking by(List<Long> ratings, List<Integer> configured) {
    List<Integer> places = new ArrayList<>();
    for (int place = 0; place < ratings.size(); place++) {
      places.add(place);
    }
    Comparator<Integer> greatest = Comparator.comparing(ratings::get);
    places.sort(greatest.reversed().thenComparing(configured::get));
    List<Integer> indexes = new ArrayList<>(Collections.nCopies(places.size(), 0));
    for (int rank = 0; rank < places.size(); rank++) {
      indexes.set(places.get(rank), rank + 1);
    }
    return indexes.equals(configured) ? CONFIGURED : new Ranking(indexes);
  }

  @Override
  public String toString() {
    return isConfigured() ? "as configured" : indexes.toString();
  }
}
