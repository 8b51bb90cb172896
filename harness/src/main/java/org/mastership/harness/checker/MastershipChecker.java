package org.mastership.harness.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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
  private static final String AFTER_A_LATER_ONE = "a mastership was seen after a later one";

  private MastershipChecker() {}

  /**
   * Two observations that contradict each other.
   *
   * @param rule that they break, in a few words
   */
  public record Contradiction(Observation first, Observation second, String rule) {
    /** One sentence. */
    public String text() {
      return rule + ": " + first + "; then " + second;
    }
  }

  /**
   * What is wrong, in one sentence with the two observations; empty if the observations are sound.
   * Takes time n log n.
   */
  public static Optional<String> problem(List<Observation> observations) {
    return contradiction(observations).map(Contradiction::text);
  }

  /** Two observations that contradict each other; none if all are sound. Takes time n log n. */
  public static Optional<Contradiction> contradiction(List<Observation> observations) {
    return contradiction(observations, each -> false);
  }

  /**
   * The first contradiction that is not excused; none if all are. That one epoch has two holders
   * nothing excuses, for an epoch is of one server.
   */
  public static Optional<Contradiction> contradiction(
      List<Observation> observations, Predicate<Contradiction> excused) {
    List<Observation> masters =
        observations.stream().filter(observation -> observation.token() != 0).toList();
    Optional<Contradiction> twoHolders = twoHolders(masters);
    return twoHolders.isPresent() ? twoHolders : fallingEpoch(masters, excused);
  }

  private static Optional<Contradiction> twoHolders(List<Observation> masters) {
    Map<Long, Observation> firstOf = new HashMap<>();
    for (Observation observation : masters) {
      Observation first = firstOf.putIfAbsent(observation.token(), observation);
      if (first != null && !first.server().equals(observation.server())) {
        return Optional.of(new Contradiction(first, observation, "one epoch has two holders"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Contradiction> fallingEpoch(
      List<Observation> masters, Predicate<Contradiction> excused) {
    List<Observation> byBegin = new ArrayList<>(masters);
    byBegin.sort(Comparator.comparingLong(Observation::before));
    List<Observation> byEnd = new ArrayList<>(masters);
    byEnd.sort(Comparator.comparingLong(Observation::after));
    Observation highest = null;
    int ended = 0;
    for (Observation observation : byBegin) {
      for (; byEnd.get(ended).after() < observation.before(); ended++) {
        Observation end = byEnd.get(ended);
        highest = highest == null || end.token() >= highest.token() ? end : highest;
      }
      if (highest != null && highest.token() > observation.token()) {
        var found = new Contradiction(highest, observation, AFTER_A_LATER_ONE);
        if (!excused.test(found)) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The masterships in an order that the epochs give: sound observations explain each other in it.
   */
  public static List<Observation> order(List<Observation> observations) {
    return observations.stream()
        .filter(observation -> observation.token() != 0)
        .sorted(Comparator.comparingLong(Observation::token).thenComparingLong(Observation::before))
        .toList();
  }

  /**
   * Goes through an order once more, by its own rules: one holder at a time, and time.
   *
   * @throws IllegalStateException if it is not one that the observations allow
   */
  static void verify(List<Observation> order) {
    long latestBegin = Long.MIN_VALUE;
    Observation before = null;
    for (Observation each : order) {
      boolean sound =
          before == null
              || each.token() > before.token()
              || (each.token() == before.token() && each.server().equals(before.server()));
      if (!sound || each.after() < latestBegin) {
        throw new IllegalStateException("the order found is wrong at " + each);
      }
      latestBegin = Math.max(latestBegin, each.before());
      before = each;
    }
  }
}
