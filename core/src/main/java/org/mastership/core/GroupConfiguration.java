package org.mastership.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What all servers of a group agree on before they start. The constructor checks shapes only;
 * {@link ConfigurationCheck} says what a configuration breaks.
 *
 * @param guarantee what the group promises
 * @param indexes the index of each server, in the order of their numbers: 1..N, smaller is
 *     preferred; in a tenure whose servers are rated they are those of its {@link Ranking}
 * @param timing the times of detection and lease
 * @param electionDelay how long back-ups wait before they declare
 * @param limits how much is sent ahead
 */
public record GroupConfiguration(
    Guarantee guarantee,
    List<Integer> indexes,
    Timing timing,
    ElectionDelay electionDelay,
    Limits limits) {
  /** The most servers that a group may have. */
  public static final int MOST_SERVERS = 63;

  public GroupConfiguration {
    indexes = List.copyOf(indexes);
  }

  /**
   * How much a master sends ahead of acknowledgement.
   *
   * @param entriesPerMessage the most entries in one message, 1 or more
   * @param entriesInFlight the most entries sent to one back-up and not acknowledged by it
   */
  public record Limits(int entriesPerMessage, int entriesInFlight) {
    /** No log at all: for a product that needs a mastership and replicates nothing. */
    public static final Limits ELECTION_ONLY = new Limits(0, 0);
  }

  /**
   * Whether masters keep a log. Where they do not, no request is admitted and no step has another
   * effect than {@link Effect.Send}, {@link Effect.StoreEpoch} and {@link Effect.Report}.
   */
  public boolean replicates() {
    return !limits.equals(Limits.ELECTION_ONLY);
  }

  /** The number of servers, N. */
  public int size() {
    return indexes.size();
  }

  /** The configured index of a server. */
  public int indexOf(int number) {
    return indexOf(number, Ranking.CONFIGURED);
  }

  /** The index of a server in a ranking. */
  public int indexOf(int number, Ranking ranking) {
    return indexes(ranking).get(number - 1);
  }

  /** The index of each server in a ranking, in the order of their numbers. */
  public List<Integer> indexes(Ranking ranking) {
    return ranking.isConfigured() ? indexes : ranking.indexes();
  }

  /** Whether a ranking is one of this group's servers. */
  boolean isRankedBy(Ranking ranking) {
    return ranking.isConfigured() || ranking.indexes().size() == size();
  }

  /** The ranking that follows from the ratings of all servers, in the order of their numbers. */
  public Ranking ranking(List<Long> ratings) {
    return Ranking.by(ratings, indexes);
  }

  /** The grants, the candidate's own included, that make a master. */
  public int grantsNeeded() {
    return guarantee.grantsNeeded(size());
  }

  /** The numbers of all servers but {@code failed}, in the order of their configured index. */
  public List<Integer> backupsOf(int failed) {
    return backupsOf(failed, Ranking.CONFIGURED);
  }

  /** The numbers of all servers but {@code failed}, in the order of their index in a ranking. */
  public List<Integer> backupsOf(int failed, Ranking ranking) {
    List<Integer> backups = new ArrayList<>();
    for (int number = 1; number <= size(); number++) {
      if (number != failed) {
        backups.add(number);
      }
    }
    backups.sort(Comparator.comparingInt(number -> indexOf(number, ranking)));
    return backups;
  }

  /**
   * D(i) of a server when {@code failed} is the master that failed (R11).
   *
   * @param number the back-up
   * @param failed the failed master's number, 0 where none was known
   * @param ranking of the failed master's tenure
   * @return the election delay in nanoseconds
   */
  public long electionDelayNanos(int number, int failed, Ranking ranking) {
    List<Integer> backups = backupsOf(failed, ranking);
    return electionDelay.nanos(backups)[backups.indexOf(number)];
  }
}
