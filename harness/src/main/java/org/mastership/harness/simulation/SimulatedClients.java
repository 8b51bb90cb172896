package org.mastership.harness.simulation;

import java.util.ArrayList;
import java.util.List;
import org.mastership.core.Input;
import org.mastership.core.Run;

/**
 * Clients that send requests and reads to whichever server takes them, and of which only the
 * numbers matter: so that thousands of groups can be run.
 */
final class SimulatedClients implements Users {
  private static final long PAUSE_NANOS = 4_000_000;
  private static final int MOST_AT_ONCE = 3;

  private final Settings settings;
  private final Schedule schedule;
  private final Chance chance;
  private final ReadCheck readChecks;
  private final List<SimulatedServer> servers;
  private final EvaluatedReads reads;
  private long lastRequest;

  SimulatedClients(
      Settings settings,
      Schedule schedule,
      Chance chance,
      ReadCheck readChecks,
      List<SimulatedServer> servers) {
    this.settings = settings;
    this.schedule = schedule;
    this.chance = chance;
    this.readChecks = readChecks;
    this.servers = servers;
    this.reads = new EvaluatedReads(schedule, chance, readChecks);
  }

  @Override
  public void start() {
    schedule.after(settings.slower(chance.between(1, PAUSE_NANOS)), this::turn);
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
            reads.evaluated(server, required, () -> {});
          }
        });
    start();
  }

  @Override
  public List<Long> admitted(SimulatedServer server, Run run) {
    List<Long> requests = new ArrayList<>((int) run.length());
    for (long sequence = run.first(); sequence <= run.last(); sequence++) {
      requests.add(++lastRequest);
    }
    return requests;
  }

  @Override
  public void answerReads(SimulatedServer server, long count) {
    reads.answer(server, count);
  }

  @Override
  public void gained(SimulatedServer server) {
    reads.gained(server);
  }

  @Override
  public boolean isFinished() {
    return true;
  }
}
