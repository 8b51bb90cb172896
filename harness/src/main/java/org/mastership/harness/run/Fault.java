package org.mastership.harness.run;

import java.util.List;

/**
 * Something that went wrong.
 *
 * @param servers the numbers of those that it happened to
 * @param text for people
 * @param beginNanos when it was in force, in ns since the run began
 * @param endNanos when it was no more; {@link #NOT_ENDED} while it is
 */
public record Fault(
    int number,
    FaultKind kind,
    List<Integer> servers,
    String text,
    long beginNanos,
    long endNanos) {
  public static final long NOT_ENDED = Long.MAX_VALUE;

  public Fault {
    servers = List.copyOf(servers);
  }

  /** The same fault when it was over. */
  public Fault ended(long nanos) {
    return new Fault(number, kind, servers, text, beginNanos, nanos);
  }

  /** Whether no other one of these faults was in force at any time between two. */
  boolean isAlone(List<Fault> all, long fromNanos, long toNanos) {
    return all.stream()
        .filter(other -> !other.equals(this))
        .noneMatch(other -> other.beginNanos <= toNanos && other.endNanos >= fromNanos);
  }
}
