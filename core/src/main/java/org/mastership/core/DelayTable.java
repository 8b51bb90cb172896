package org.mastership.core;

import java.util.ArrayList;
import java.util.List;

/**
 * The maximum communication delay from each server to each other, in nanoseconds.
 *
 * @param rows {@code rows.get(j - 1).get(k - 1)} is the delay from server j to server k; the
 *     diagonal is not used
 */
public record DelayTable(List<List<Long>> rows) {
  public DelayTable {
    List<List<Long>> copy = new ArrayList<>();
    for (List<Long> row : rows) {
      if (row.size() != rows.size()) {
        throw new IllegalArgumentException(
            "a delay table of " + rows.size() + " rows has a row of " + row.size());
      }
      copy.add(List.copyOf(row));
    }
    rows = List.copyOf(copy);
  }

  /** A table in which every delay is the same. */
  public static DelayTable uniform(int servers, long nanos) {
    List<Long> row = new ArrayList<>();
    for (int k = 0; k < servers; k++) {
      row.add(nanos);
    }
    List<List<Long>> rows = new ArrayList<>();
    for (int j = 0; j < servers; j++) {
      rows.add(row);
    }
    return new DelayTable(rows);
  }

  /** The longest delay of a message from server {@code from} to server {@code to}. */
  public long nanos(int from, int to) {
    return rows.get(from - 1).get(to - 1);
  }

  /** The number of servers. */
  public int size() {
    return rows.size();
  }

  /** The shortest delay between any two servers. */
  public long shortest() {
    long shortest = Long.MAX_VALUE;
    for (int j = 1; j <= size(); j++) {
      for (int k = 1; k <= size(); k++) {
        shortest = j == k ? shortest : Math.min(shortest, nanos(j, k));
      }
    }
    return shortest;
  }

  /** The longest delay between any two servers. */
  public long longest() {
    long longest = 0;
    for (int j = 1; j <= size(); j++) {
      for (int k = 1; k <= size(); k++) {
        longest = j == k ? longest : Math.max(longest, nanos(j, k));
      }
    }
    return longest;
  }

  /** The longest time for a message to another server and its answer. */
  public long longestRoundTrip() {
    long longest = 0;
    for (int j = 1; j <= size(); j++) {
      for (int k = 1; k < j; k++) {
        longest = Math.max(longest, nanos(j, k) + nanos(k, j));
      }
    }
    return longest;
  }
}
