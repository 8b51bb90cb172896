package org.mastership.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What TLC said of a model.
 *
 * @param end how the run ended
 * @param about the name of the violated property, or TLC's message; empty where all holds
 * @param counts how much was explored
 * @param actions how many times each action was taken
 * @param reached the state predicates that were true in some state
 * @param trace the counterexample, empty where there is none
 * @param loopsTo the number of the state to which a counterexample without an end returns; 0 where
 *     it ends
 * @param folder with TLC's full output and the counterexample
 */
public record Outcome(
    End end,
    String about,
    Counts counts,
    Map<String, Long> actions,
    Set<String> reached,
    List<TracedState> trace,
    int loopsTo,
    Path folder) {
  /** How a run of TLC ended. */
  public enum End {
    /** Every property holds in every state. */
    HOLDS,
    /** A property is violated. */
    VIOLATED,
    /** A module or the configuration cannot be read. */
    UNREADABLE,
    /** TLC did not come to an end in its time. */
    OUT_OF_TIME,
    /** Something else went wrong. */
    FAILED
  }

  /**
   * How much was explored.
   *
   * @param distinct distinct states
   * @param generated states, with those met again
   * @param depth the longest of the ways by which a state was found first; with one worker the
   *     shortest
   * @param took the whole run
   */
  public record Counts(long distinct, long generated, long depth, Duration took) {}

  /** The file with the counterexample. */
  public Path traceFile() {
    return folder.resolve("trace.txt");
  }

  /** The file with all that TLC said. */
  public Path outputFile() {
    return folder.resolve("output.txt");
  }
}
