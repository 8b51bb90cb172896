package org.mastership.harness.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges what the servers of a group said of their mastership.
 *
 * <p>An answer "master" was true at some instant between the two readings of the clock around it.
 * The answers are sound if such instants can be chosen so that the epochs follow each other, each
 * with one holder: each epoch has one holder, and no observation of an epoch begins after one of a
 * higher epoch has ended. It follows that what one server surely held, from its first observation
 * in an epoch to its last, contains no observation of another server.
 */
public final class MastershipChecker {
  private MastershipChecker() {}

  /**
   * What is wrong, in one sentence with the two observations; empty if the observations are sound.
   * Takes time n log n.
   */
  public static Optional<String> problem(List<Observation> observations) {
    List<Observation> masters =
        observations.stream().filter(observation -> observation.token() != 0).toList();
    Optional<String> twoHolders = twoHolders(masters);
    return twoHolders.isPresent() ? twoHolders : fallingEpoch(masters);
  }

  private static Optional<String> twoHolders(List<Observation> masters) {
    Map<Long, Observation> firstOf = new HashMap<>();
    for (Observation observation : masters) {
      Observation first = firstOf.putIfAbsent(observation.token(), observation);
      if (first != null && !first.server().equals(observation.server())) {
        return Optional.of("one epoch has two holders: " + first + "; " + observation);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> fallingEpoch(List<Observation> masters) {
    List<Observation> byBegin = new ArrayList<>(masters);
    byBegin.sort(Comparator.comparingLong(Observation::before));
    List<Observation> byEnd = new ArrayList<>(masters);
    byEnd.sort(Comparator.comparingLong(Observation::after));
    Observation highest = null;
    int ended = 0;
    for (Observation observation : byBegin) {
      for (; byEnd.get(ended).after() < observation.before(); ended++) {
        Observation end = byEnd.get(ended);
        highest = highest == null || end.token() > highest.token() ? end : highest;
      }
      if (highest != null && highest.token() > observation.token()) {
        return Optional.of(
            "a mastership was seen after a later one: " + highest + "; then " + observation);
      }
    }
    return Optional.empty();
  }
}
