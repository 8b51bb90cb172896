package org.mastership.harness.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Run;
import org.mastership.harness.workload.Asked;
import org.mastership.harness.workload.Script;

/** Clients that use a service as those of the other grounds do, and write down what they see. */
final class RecordedUsers implements Users {
  private static final long MILLI = Settings.MILLI;

  /** How long a client thinks between an answer and its next question, at most. */
  private static final long THINKING_NANOS = 54 * MILLI;

  private final Recorded recorded;
  private final Schedule schedule;
  private final Chance chance;
  private final List<SimulatedServer> servers;
  private final EvaluatedReads reads;
  private final List<ServiceDesk> desks = new ArrayList<>();
  private final List<SimulatedUser> users = new ArrayList<>();
  private @Nullable Script lastLook;
  private boolean finished;
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
    this.servers = servers;
    this.reads = new EvaluatedReads(schedule, chance, readChecks);
    ServiceDesk.Payloads payloads = new ServiceDesk.Payloads();
    ResultCheck results = new ResultCheck();
    for (SimulatedServer server : servers) {
      desks.add(new ServiceDesk(server, recorded.service(), reads, results, payloads, this::later));
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
      askLater(users.get(process), recorded.scripts().of(process));
    }
    new FencedWriters(schedule, this::later, recorded.resource()).start(servers);
  }

  private void askLater(SimulatedUser user, Script script) {
    schedule.after(chance.between(1, THINKING_NANOS), () -> askNext(user, script));
  }

  private void askNext(SimulatedUser user, Script script) {
    if (lastLook != null && !script.isInTheMiddle()) {
      underWay--;
      lookOnce(lastLook);
      return;
    }
    Asked next = script.next();
    if (next == null) {
      askLater(user, script);
    } else {
      user.ask(next, result -> ended(user, script, result));
    }
  }

  private void ended(SimulatedUser user, Script script, Optional<JsonNode> result) {
    script.ended(result);
    if (script.isInTheMiddle()) {
      askNext(user, script);
    } else {
      askLater(user, script);
    }
  }

  @Override
  public void finish() {
    lastLook = recorded.scripts().lastLook();
  }

  /** When all others have ended, one more looks at everything. */
  private void lookOnce(Script look) {
    if (underWay > 0) {
      return;
    }
    Asked next = look.next();
    finished = next == null;
    if (next != null) {
      users
          .get(0)
          .ask(
              next,
              result -> {
                look.ended(result);
                lookOnce(look);
              });
    }
  }

  @Override
  public boolean isFinished() {
    return finished;
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
  public void serviceRewinds(SimulatedServer server) {
    desk(server).rewinds();
  }

  /** A service is as good as what it makes of its own snapshots. */
  @Override
  public boolean wantsSnapshots() {
    return true;
  }

  @Override
  public Optional<ByteString> snapshot(SimulatedServer server) {
    return Optional.of(desk(server).snapshot());
  }

  @Override
  public void restore(SimulatedServer server, Snapshot snapshot) {
    desk(server).restore(snapshot);
  }

  @Override
  public void crashed(SimulatedServer server) {
    desk(server).crashed();
  }
}
