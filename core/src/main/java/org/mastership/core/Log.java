package org.mastership.core;

import java.util.ArrayList;
import java.util.List;

/**
 * The places of a server's log: which epoch made which range of sequences. It holds no bytes.
 * Epochs never fall along the log, and an epoch has one master, so two logs that contain the same
 * position are the same up to it.
 *
 * @param earlier the runs before the last one, epochs rising
 * @param tail the last run in a list of one, empty where the log is
 */
public record Log(List<Run> earlier, List<Run> tail) {
  /** A log without an entry. */
  public static final Log EMPTY = new Log(List.of(), List.of());

  public Log {
    earlier = List.copyOf(earlier);
    tail = List.copyOf(tail);
  }

  /** The log of these runs, which follow each other from sequence 1 with rising epochs. */
  public static Log of(List<Run> runs) {
    Log log = EMPTY;
    for (Run run : runs) {
      log = log.append(run);
    }
    return log;
  }

  /** All runs, in order. */
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>(earlier);
    runs.addAll(tail);
    return runs;
  }

  /** The position of the last entry, {@link Position#ORIGIN} where there is none. */
  public Position last() {
    return tail.isEmpty() ? Position.ORIGIN : tail.get(0).end();
  }

  /** The sequence of the last entry. */
  public long lastSequence() {
    return tail.isEmpty() ? 0 : tail.get(0).last();
  }

  /** The position of the entry with this sequence, which the log has. */
  public Position at(long sequence) {
    return sequence == 0 ? Position.ORIGIN : new Position(runOf(sequence).epoch(), sequence);
  }

  /** Whether this very entry is in the log. */
  public boolean contains(Position position) {
    return position.sequence() <= lastSequence() && at(position.sequence()).equals(position);
  }

  /**
   * The last position of this log that is not above {@code position}: both logs of a comparison
   * step down by it until they meet.
   */
  public Position floor(Position position) {
    for (int i = size() - 1; i >= 0; i--) {
      Run run = run(i);
      if (run.epoch().equals(position.epoch()) && run.first() <= position.sequence()) {
        return new Position(run.epoch(), Math.min(run.last(), position.sequence()));
      }
      if (position.epoch().isAbove(run.epoch())) {
        return run.end();
      }
    }
    return Position.ORIGIN;
  }

  /** This log with entries added; they follow the last one and their epoch is not below its. */
  public Log append(Run run) {
    Position last = last();
    if (run.first() != last.sequence() + 1 || last.epoch().isAbove(run.epoch())) {
      throw new IllegalArgumentException("run " + run + " does not follow " + last);
    }
    if (run.epoch().equals(last.epoch())) {
      return new Log(earlier, List.of(new Run(run.epoch(), tail.get(0).first(), run.last())));
    }
    return new Log(runs(), List.of(run));
  }

  /** This log without the entries after {@code sequence}. */
  public Log cut(long sequence) {
    return sequence >= lastSequence() ? this : of(slice(1, sequence));
  }

  /** The runs of the entries from {@code first} to {@code last}; empty where there are none. */
  public List<Run> slice(long first, long last) {
    if (!tail.isEmpty() && tail.get(0).first() <= first && first <= last) {
      return List.of(new Run(tail.get(0).epoch(), first, Math.min(last, lastSequence())));
    }
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      Run run = run(i);
      long from = Math.max(first, run.first());
      long to = Math.min(last, run.last());
      if (from <= to) {
        runs.add(new Run(run.epoch(), from, to));
      }
    }
    return runs;
  }

  /** Checks that runs follow {@code before} and each other, with epochs that never fall. */
  static List<Run> requireConsecutive(Position before, List<Run> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("no entries after " + before);
    }
    Position end = before;
    for (Run run : runs) {
      if (run.first() != end.sequence() + 1 || end.epoch().isAbove(run.epoch())) {
        throw new IllegalArgumentException("run " + run + " does not follow " + end);
      }
      end = run.end();
    }
    return List.copyOf(runs);
  }

  private Run runOf(long sequence) {
    for (int i = size() - 1; i >= 0; i--) {
      Run run = run(i);
      if (run.first() <= sequence && sequence <= run.last()) {
        return run;
      }
    }
    throw new IllegalArgumentException("no entry " + sequence + " in " + this);
  }

  private int size() {
    return earlier.size() + tail.size();
  }

  private Run run(int i) {
    return i < earlier.size() ? earlier.get(i) : tail.get(0);
  }
}
