package org.mastership.harness.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.mastership.core.Epoch;
import org.mastership.core.Log;
import org.mastership.core.Recovered;
import org.mastership.core.Run;

/** A server's disk: what is stable on it, and what was written but is not stable yet, in order. */
final class Disk {
  /** One stored entry. */
  record Stored(Epoch epoch, long request) {}

  private record Write(long ticket, Runnable toStable) {}

  private final List<Stored> entries = new ArrayList<>();
  private final Queue<Write> pending = new ArrayDeque<>();
  private Epoch highest = Epoch.NONE;
  private long incarnation;
  private Snapshot snapshot = Snapshot.NONE;

  /**
   * Writes an epoch.
   *
   * @param stored is run once it is stable
   */
  void storeEpoch(long ticket, Epoch epoch, Runnable stored) {
    pending.add(
        new Write(
            ticket,
            () -> {
              highest = epoch;
              stored.run();
            }));
  }

  /**
   * Writes entries.
   *
   * @param standsFor a snapshot that came in the place of them and of those before them
   */
  void append(long ticket, Run run, List<Long> requests, Optional<Snapshot> standsFor) {
    pending.add(
        new Write(
            ticket,
            () -> {
              if (entries.size() != run.first() - 1) {
                throw new Broken("an append of " + run + " after " + entries.size() + " entries");
              }
              for (long request : requests) {
                entries.add(new Stored(run.epoch(), request));
              }
              standsFor.ifPresent(this::keepSnapshot);
            }));
  }

  void cut(long ticket, long after) {
    pending.add(
        new Write(
            ticket,
            () -> {
              entries.subList((int) after, entries.size()).clear();
              if (after < snapshot.sequence()) {
                snapshot = Snapshot.NONE;
              }
            }));
  }

  /** Keeps a snapshot in the place of stable entries. */
  void keepSnapshot(Snapshot made) {
    snapshot = made;
  }

  /** What stands for the first entries. */
  Snapshot snapshot() {
    return snapshot;
  }

  boolean isIdle() {
    return pending.isEmpty();
  }

  int pendingCount() {
    return pending.size();
  }

  /** Makes the oldest writes stable and tells the ticket of the last. */
  long force(int count) {
    long ticket = 0;
    for (int i = 0; i < count; i++) {
      Write write = pending.remove();
      write.toStable().run();
      ticket = write.ticket();
    }
    return ticket;
  }

  /** The power fails: some of the writes under way may have reached the disk, in order. */
  void lose(Chance chance) {
    force(chance.between(0, pending.size()));
    pending.clear();
  }

  Recovered recover() {
    incarnation++;
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      Epoch epoch = entries.get(i).epoch();
      if (last != null && last.epoch().equals(epoch)) {
        runs.set(runs.size() - 1, new Run(epoch, last.first(), i + 1));
      } else {
        runs.add(new Run(epoch, i + 1, i + 1));
      }
    }
    return new Recovered(highest, Log.of(runs), incarnation);
  }

  /** The requests of all stable entries. */
  List<Long> requests() {
    return new ArrayList<>(entries.stream().map(Stored::request).toList());
  }
}
