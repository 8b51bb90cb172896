package org.mastership.harness.simulation;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.mastership.core.Input;

/** The reads that servers have evaluated and may not answer yet. */
final class EvaluatedReads {
  private static final long PAUSE_NANOS = 4_000_000;

  private record Read(long required, long seen, Runnable answered) {}

  private final Schedule schedule;
  private final Chance chance;
  private final ReadCheck checks;
  private final Map<Integer, Queue<Read>> reads = new HashMap<>();
  private final Map<Integer, Long> queried = new HashMap<>();
  private final Map<Integer, Long> answered = new HashMap<>();

  EvaluatedReads(Schedule schedule, Chance chance, ReadCheck checks) {
    this.schedule = schedule;
    this.chance = chance;
    this.checks = checks;
  }

  /**
   * A server has evaluated a read, and says so a while later.
   *
   * @param required what was known to clients when it was sent
   * @param whenAnswered is run once the server may answer it
   */
  void evaluated(SimulatedServer server, long required, Runnable whenAnswered) {
    int number = server.number();
    reads
        .computeIfAbsent(number, key -> new ArrayDeque<>())
        .add(new Read(required, server.executed(), whenAnswered));
    long count = queried.merge(number, 1L, Long::sum);
    long tenure = server.state().mastership().epoch().token();
    schedule.after(
        chance.between(1, PAUSE_NANOS),
        () ->
            server.whenAwake(
                () -> {
                  boolean same = server.state().mastership().epoch().token() == tenure;
                  if (same && server.state().servesReads()) {
                    server.input(
                        new Input.Queried(Math.max(count, answered.getOrDefault(number, 0L))));
                  }
                }));
  }

  /** A server answers its reads up to one. */
  void answer(SimulatedServer server, long count) {
    int number = server.number();
    for (long next = answered.getOrDefault(number, 0L); next < count; next++) {
      Read read = reads.getOrDefault(number, new ArrayDeque<>()).remove();
      checks.read(number, read.required(), read.seen());
      read.answered().run();
    }
    answered.put(number, count);
  }

  /** A tenure begins: the reads of an earlier one are never answered. */
  void gained(SimulatedServer server) {
    reads.remove(server.number());
    queried.remove(server.number());
    answered.remove(server.number());
  }
}
