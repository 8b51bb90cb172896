package org.mastership.harness.simulation;

import com.google.protobuf.ByteString;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mastership.core.Effect;
import org.mastership.core.Epoch;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Input;
import org.mastership.core.Message;
import org.mastership.core.Protocol;
import org.mastership.core.Rule;
import org.mastership.core.Run;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.harness.simulation.Settings.Fault;
import org.mastership.harness.workload.ClientFailure;

/** One run: a group under faults, then healed, with every promise checked at every step. */
public final class Simulation implements World, Network.Receivers {
  private static final long MILLI = Settings.MILLI;

  /** How long a healed group may take until it serves again. */
  private static final long RECOVERY_NANOS = 3_000 * MILLI;

  /** How long clients may take to end, and to have a last look at everything. */
  private static final long FINISH_NANOS = 60_000 * MILLI;

  /** One in so many executions is followed by a snapshot, in a run whose servers make any. */
  private static final int SNAPSHOT_ONE_IN = 20;

  /** Is told each transition. */
  @FunctionalInterface
  public interface Trace {
    /** One transition at a virtual time, and at the time of the server's own clock. */
    void transition(
        long atNanos, long localNanos, int server, State before, Input input, Step step);
  }

  /**
   * What a run that kept all promises has seen.
   *
   * @param steps how many transitions
   * @param answers how many requests and reads were answered
   * @param tenures how many masterships began
   * @param failovers of how many, under TIMED, the winner was compared with the living servers
   * @param timed how many failovers of a wide area were timed
   * @param rules how often each rule was applied
   * @param messages how often each kind of message was received
   */
  public record Result(
      long steps,
      long answers,
      long tenures,
      long failovers,
      long timed,
      Map<Rule, Long> rules,
      Map<String, Long> messages) {}

  private final Settings settings;
  private final Trace trace;
  private final Schedule schedule = new Schedule();
  private final Chance chance;
  private final List<SimulatedServer> servers = new ArrayList<>();
  private final MastershipCheck masterships;
  private final EpochCheck epochs;
  private final LogCheck logs;
  private final ReadCheck reads;
  private final FailoverCheck failovers;
  private final Network network;
  private final Faults faults;
  private final Optional<SimulatedNames> names;
  private final Optional<SimulatedRatings> ratings;
  private final Optional<WideAreaCheck> distances;
  private final Chance compaction;
  private final Map<Rule, Long> rules = new EnumMap<>(Rule.class);
  private final Map<String, Long> messages = new TreeMap<>();
  private Users users;
  private boolean healed;
  private long steps;

  /**
   * A run that has not begun, whose clients nobody looks at.
   *
   * @param trace is told each transition
   */
  public Simulation(Settings settings, Trace trace) {
    this.settings = settings;
    this.trace = trace;
    this.chance = new Chance(settings.seed());
    this.masterships = new MastershipCheck(settings);
    this.epochs = new EpochCheck(settings);
    this.logs = new LogCheck(settings);
    this.reads = new ReadCheck(settings);
    this.failovers = new FailoverCheck(settings);
    this.network = new Network(settings, chance, schedule, number -> server(number).isUp(), this);
    GroupConfiguration group = settings.group();
    for (int number = 1; number <= settings.servers(); number++) {
      servers.add(
          new SimulatedServer(
              new Protocol(group, number),
              schedule,
              this,
              new SimulatedClock(
                  schedule,
                  Settings.rate(group.timing().clockDriftPpm(), chance),
                  chance.between(0, 1_000_000 * MILLI))));
    }
    this.compaction = settings.compaction();
    this.users = new SimulatedClients(settings, schedule, chance, reads, servers);
    this.faults = new Faults(settings, chance, schedule, network, servers);
    this.distances = WideArea.of(settings).map(area -> new WideAreaCheck(settings, area));
    this.names = settings.names().map(own -> new SimulatedNames(own, schedule));
    this.ratings =
        settings.ratings().map(own -> new SimulatedRatings(own, schedule, settings.faultyNanos()));
  }

  /**
   * Runs from the seed to the end.
   *
   * @throws Broken if a promise was broken, with the settings that repeat it
   */
  public static Result run(Settings settings, Trace trace) {
    return new Simulation(settings, trace).run();
  }

  /**
   * Lets other clients use the group, which write down what they see. To be called before a run.
   */
  public void record(Recorded recorded) {
    users = new RecordedUsers(recorded, settings, schedule, reads, servers);
    faults.tell(recorded.faults());
  }

  /** The virtual time, from 0. */
  public long nowNanos() {
    return schedule.now();
  }

  /**
   * Runs from the seed to the end, once.
   *
   * @throws Broken if a promise was broken, with the settings that repeat it
   * @throws UncheckedIOException if it can not be written down
   * @throws ClientFailure if a client can not go on
   */
  public Result run() {
    try {
      return toTheEnd();
    } catch (UncheckedIOException | ClientFailure e) {
      throw e;
    } catch (RuntimeException e) {
      throw new Broken(
          settings + ": at " + nowNanos() / MILLI + " ms, step " + steps + ": " + e.getMessage(),
          e);
    }
  }

  private Result toTheEnd() {
    for (SimulatedServer server : servers) {
      server.start();
    }
    for (SimulatedServer server : servers) {
      network.started(server.number());
    }
    users.start();
    names.ifPresent(server -> servers.forEach(server::start));
    ratings.ifPresent(changing -> changing.start(servers));
    faults.start();
    schedule.runUntil(settings.faultyNanos());
    healed = true;
    faults.healAll();
    long recovered = settings.faultyNanos() + settings.slower(RECOVERY_NANOS);
    schedule.runUntil(recovered);
    long answers = answers();
    long answered = logs.answered();
    schedule.runUntil(recovered + settings.slower(500 * MILLI));
    checkRecovered(answers, answered);
    finish();
    return new Result(
        steps,
        answers(),
        epochs.tenures(),
        failovers.compared(),
        distances.map(WideAreaCheck::compared).orElse(0L),
        rules,
        messages);
  }

  private void finish() {
    users.finish();
    long latest = nowNanos() + FINISH_NANOS;
    while (!users.isFinished()) {
      if (nowNanos() >= latest) {
        throw new Broken(
            "clients have not ended " + FINISH_NANOS / MILLI + " ms after they should");
      }
      schedule.runUntil(nowNanos() + 10 * MILLI);
    }
  }

  private long answers() {
    return logs.answers() + reads.reads();
  }

  private void checkRecovered(long answersBefore, long answeredBefore) {
    List<Integer> masters = new ArrayList<>();
    for (SimulatedServer server : servers) {
      if (server.isMaster()) {
        masters.add(server.number());
      }
    }
    if (masters.size() != 1) {
      throw new Broken("after healing the masters are " + masters + ", not one");
    }
    if (answers() == answersBefore) {
      throw new Broken("after healing nobody is answered, master " + masters);
    }
    logs.ended(servers, answeredBefore);
    SimulatedServer master = server(masters.get(0));
    for (SimulatedServer server : servers) {
      if (server.executed() + 100 < master.executed()
          || !server.state().mastership().equals(master.state().mastership())) {
        throw new Broken(
            "after healing server "
                + server.number()
                + " follows "
                + server.state().mastership()
                + " and has executed "
                + server.executed()
                + ", the master "
                + master.number()
                + " is in "
                + master.state().mastership()
                + " and has executed "
                + master.executed());
      }
    }
  }

  private boolean isSettled() {
    long changed = ratings.map(SimulatedRatings::changedNanos).orElse(0L);
    long unsettled = Math.max(network.lastStart(), changed);
    return schedule.now() > unsettled + settings.slower(Settings.SETTLING_NANOS);
  }

  private SimulatedServer server(int number) {
    return servers.get(number - 1);
  }

  @Override
  public void stepped(SimulatedServer server, State before, Input input, Step step) {
    steps++;
    trace.transition(schedule.now(), server.local(), server.number(), before, input, step);
    for (Rule rule : step.rules()) {
      rules.merge(rule, 1L, Long::sum);
    }
    if (input instanceof Input.Received received) {
      messages.merge(received.message().getClass().getSimpleName(), 1L, Long::sum);
    }
    masterships.stepped(server, servers, isSettled());
    epochs.stepped(server, step);
    logs.stepped(server, before, step);
    distances.ifPresent(check -> check.stepped(server, servers));
    if (endsTenure(before, step.state())) {
      users.lost(server);
    }
  }

  private static boolean endsTenure(State before, State after) {
    return before.tenure() != null
        && (after.tenure() == null || !after.mastership().equals(before.mastership()));
  }

  @Override
  public void appended(SimulatedServer server, Run run) {
    logs.appended(server, run);
  }

  @Override
  public void send(int from, int to, Message message, Payload payload) {
    network.send(from, to, message, payload);
  }

  @Override
  public void stored(int server, Epoch epoch) {
    epochs.stored(server, epoch, servers);
  }

  @Override
  public void crashed(SimulatedServer server) {
    users.crashed(server);
  }

  @Override
  public void serviceBegins(SimulatedServer server) {
    users.serviceBegins(server);
  }

  @Override
  public void serviceRewinds(SimulatedServer server) {
    users.serviceRewinds(server);
  }

  @Override
  public Optional<ByteString> snapshot(SimulatedServer server) {
    return users.snapshot(server);
  }

  @Override
  public void restore(SimulatedServer server, Snapshot snapshot) {
    users.restore(server, snapshot);
  }

  @Override
  public void executed(SimulatedServer server, long sequence, long request) {
    logs.executed(server, sequence, request);
    users.executed(server, sequence, request);
  }

  @Override
  public void answer(SimulatedServer server, long sequence) {
    logs.answered(server, sequence);
    reads.answered(sequence);
    users.answer(server, sequence);
  }

  @Override
  public void answerReads(SimulatedServer server, long count) {
    users.answerReads(server, count);
  }

  @Override
  public void report(SimulatedServer server, Effect.Report report) {
    failovers.reported(server, report, servers, isSettled());
    distances.ifPresent(check -> check.reported(server, report, servers, schedule.now()));
    names.ifPresent(nameServer -> nameServer.reported(server, report));
    if (report.change() == Effect.Change.GAINED) {
      users.gained(server);
    }
  }

  @Override
  public List<Long> admitted(SimulatedServer server, Run run) {
    return users.admitted(server, run);
  }

  @Override
  public boolean makesSnapshot() {
    return (settings.compacts() || users.wantsSnapshots()) && compaction.oneIn(SNAPSHOT_ONE_IN);
  }

  @Override
  public void diskFailed(SimulatedServer server) {
    faults.stops(server);
  }

  @Override
  public long diskNanos() {
    boolean slow = !healed && settings.has(Fault.SLOW_DISK) && chance.oneIn(20);
    return slow ? chance.between(MILLI, 300 * MILLI) : chance.between(MILLI / 10, 2 * MILLI);
  }

  @Override
  public long serviceNanos() {
    return chance.between(1_000, MILLI);
  }

  @Override
  public void deliver(int from, int to, Message message, Payload payload) {
    server(to).deliver(from, message, payload);
  }

  @Override
  public void connected(int at, int peer) {
    server(at).whenAwake(() -> server(at).input(new Input.Connected(peer)));
  }

  @Override
  public void disconnected(int at, int peer) {
    server(at).whenAwake(() -> server(at).input(new Input.Disconnected(peer)));
  }

  @Override
  public void changed(int server) {
    distances.ifPresent(check -> check.changed(server(server), isSettled(), schedule.now()));
  }

  @Override
  public void refused(int at, int peer) {
    server(at).whenAwake(() -> server(at).input(new Input.Refused(peer)));
  }
}
