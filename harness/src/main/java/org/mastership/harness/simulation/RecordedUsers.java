package org.mastership.harness.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.mastership.core.Run;
import org.mastership.harness.workload.Ask;
import org.mastership.harness.workload.Keys;
import org.mastership.harness.workload.Workload;

/** Clients that use a service as those of the other grounds do, and write down what they see. */
final class RecordedUsers implements Users {
  private static final long MILLI = Settings.MILLI;

  /** How long a client thinks between an answer and its next question, at most. */
  private static final long THINKING_NANOS = 54 * MILLI;

  private final Recorded recorded;
  private final Schedule schedule;
  private final Chance chance;
  private final long seed;
  private final List<SimulatedServer> servers;
  private final EvaluatedReads reads;
  private final List<ServiceDesk> desks = new ArrayList<>();
  private final List<SimulatedUser> users = new ArrayList<>();
  private final Keys keys = new Keys();
  private final Queue<Ask> lastLook = new ArrayDeque<>();
  private boolean finishing;
  private int underWay;

  RecordedUsers(
      Recorded recorded,
      Settings settings,
      Schedule schedule,
      ReadCheck readChecks,
      List<SimulatedServer> servers) {
    this.recorded = recorded;
    this.schedule = schedule;
    this.chance = settings.users();
    this.seed = settings.seed();
    this.servers = servers;
    this.reads = new EvaluatedReads(schedule, chance, readChecks);
    ServiceDesk.Payloads payloads = new ServiceDesk.Payloads();
    for (SimulatedServer server : servers) {
      desks.add(new ServiceDesk(server, recorded.service(), reads, payloads, this::later));
    }
    for (long process = 0; process <= recorded.clients(); process++) {
      users.add(
          new SimulatedUser(process, schedule, chance, desks, readChecks, recorded.history()));
    }
  }

  private void later(Runnable action) {
    schedule.after(chance.between(MILLI / 20, 5 * MILLI / 2), action);
  }

  /** All but the first, which has the last look. */
  @Override
  public void start() {
    for (int process = 1; process < users.size(); process++) {
      underWay++;
      askLater(users.get(process), new Workload(process, recorded.kinds(), keys, seed));
    }
    new FencedWriters(schedule, this::later, recorded.resource()).start(servers);
  }

  private void askLater(SimulatedUser user, Workload workload) {
    schedule.after(chance.between(1, THINKING_NANOS), () -> askNext(user, workload));
  }

  private void askNext(SimulatedUser user, Workload workload) {
    if (finishing && !workload.isInTheMiddle()) {
      underWay--;
      lookOnce();
      return;
    }
    user.ask(workload.next(), result -> ended(user, workload, result));
  }

  private void ended(SimulatedUser user, Workload workload, Optional<JsonNode> result) {
    workload.ended(result);
    if (workload.isInTheMiddle()) {
      askNext(user, workload);
    } else {
      askLater(user, workload);
    }
  }

  @Override
  public void finish() {
    finishing = true;
    lastLook.addAll(keys.reads(recorded.kinds()));
  }

  /** When all others have ended, one of them reads everything. */
  private void lookOnce() {
    if (underWay == 0 && !lastLook.isEmpty()) {
      users.get(0).ask(lastLook.element(), result -> looked());
    }
  }

  private void looked() {
    lastLook.remove();
    lookOnce();
  }

  @Override
  public boolean isFinished() {
    return finishing && underWay == 0 && lastLook.isEmpty();
  }

  private ServiceDesk desk(SimulatedServer server) {
    return desks.get(server.number() - 1);
  }

  @Override
  public List<Long> admitted(SimulatedServer server, Run run) {
    return desk(server).admitted(run);
  }

  @Override
  public void executed(SimulatedServer server, long sequence, long request) {
    desk(server).executed(sequence, request);
  }

  @Override
  public void answer(SimulatedServer server, long sequence) {
    desk(server).answer(sequence);
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
  public void lost(SimulatedServer server) {
    desk(server).lost();
  }

  @Override
  public void serviceBegins(SimulatedServer server) {
    desk(server).begins();
  }

  @Override
  public void crashed(SimulatedServer server) {
    desk(server).crashed();
  }
}
