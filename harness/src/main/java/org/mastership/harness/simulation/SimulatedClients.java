package org.mastership.harness.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.mastership.core.Input;

/** Clients that send requests and reads to whichever server takes them. */
final class SimulatedClients {
  private static final long PAUSE_NANOS = 4_000_000;
  private static final int MOST_AT_ONCE = 3;

  private record Read(long required, long seen) {}

  private final Schedule schedule;
  private final Chance chance;
  private final ReadCheck readChecks;
  private final List<SimulatedServer> servers;
  private final Map<Integer, Queue<Read>> reads = new HashMap<>();
  private final Map<Integer, Long> queried = new HashMap<>();
  private final Map<Integer, Long> answered = new HashMap<>();
  private long lastRequest;

  SimulatedClients(
      Schedule schedule, Chance chance, ReadCheck readChecks, List<SimulatedServer> servers) {
    this.schedule = schedule;
    this.chance = chance;
    this.readChecks = readChecks;
    this.servers = servers;
  }

  void start() {
    schedule.after(chance.between(1, PAUSE_NANOS), this::turn);
  }

  private void turn() {
    SimulatedServer server = servers.get(chance.between(0, servers.size() - 1));
    boolean reading = chance.oneIn(3);
    long required = readChecks.known();
    server.whenAwake(
        () -> {
          if (!reading && server.state().admitsRequests()) {
            server.input(new Input.Admit(chance.between(1, MOST_AT_ONCE)));
          } else if (reading && server.state().servesReads()) {
            evaluate(server, required);
          }
        });
    start();
  }

  private void evaluate(SimulatedServer server, long required) {
    int number = server.number();
    reads
        .computeIfAbsent(number, key -> new ArrayDeque<>())
        .add(new Read(required, server.executed()));
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

  void answerReads(SimulatedServer server, long count) {
    int number = server.number();
    for (long next = answered.getOrDefault(number, 0L); next < count; next++) {
      Read read = reads.getOrDefault(number, new ArrayDeque<>()).remove();
      readChecks.read(number, read.required(), read.seen());
    }
    answered.put(number, count);
  }

  /** A tenure begins: the reads of an earlier one are never answered. */
  void gained(SimulatedServer server) {
    reads.remove(server.number());
    queried.remove(server.number());
    answered.remove(server.number());
  }

  List<Long> next(int count) {
    List<Long> requests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      requests.add(++lastRequest);
    }
    return requests;
  }
}
