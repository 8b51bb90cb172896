package org.mastership.core.example;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.mastership.core.DelayFormula;
import org.mastership.core.DelayTable;
import org.mastership.core.Effect;
import org.mastership.core.ElectionDelay;
import org.mastership.core.Epoch;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.Input;
import org.mastership.core.Log;
import org.mastership.core.Protocol;
import org.mastership.core.Recovered;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.core.Timing;

/**
 * Election without replication: three servers in one JVM that agree on a master and on nothing
 * else. A product replaces the agenda by its clock and timers, {@link Server#send} by its
 * connections, and the stored epoch by a file that it forces.
 */
final class ElectionOnly {
  private static final long MILLI = 1_000_000;

  /** Something that happens to a server at a time. */
  private record Due(long atNanos, long order, int server, Input input) {}

  private final GroupConfiguration group;
  private final Consumer<String> out;
  private final List<Server> servers = new ArrayList<>();
  private final PriorityQueue<Due> agenda =
      new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::order));
  private long now;
  private long orders;

  ElectionOnly(Guarantee guarantee, Consumer<String> out) {
    this.out = out;
    group =
        new GroupConfiguration(
            guarantee,
            List.of(1, 2, 3),
            new Timing(25 * MILLI, 90 * MILLI, 100 * MILLI, 500),
            new ElectionDelay(
                DelayFormula.TIGHT, 10 * MILLI, 35 * MILLI, DelayTable.uniform(3, 10 * MILLI)),
            GroupConfiguration.Limits.ELECTION_ONLY);
    for (int number = 1; number <= group.size(); number++) {
      servers.add(new Server(number));
    }
    servers.forEach(Server::start);
  }

  public static void main(String[] arguments) {
    ElectionOnly group = new ElectionOnly(Guarantee.QUORUM, System.out::println);
    group.run(200);
    group.kill(1);
    group.run(300);
  }

  /** Lets a time pass: whatever is due happens, in order. */
  void run(long millis) {
    long end = now + millis * MILLI;
    while (!agenda.isEmpty() && agenda.element().atNanos() <= end) {
      Due due = agenda.remove();
      now = due.atNanos();
      server(due.server()).input(due.input());
    }
    now = end;
  }

  /** The process is gone, and its host refuses connections. */
  void kill(int number) {
    out.accept(now / MILLI + " ms: server " + number + " is killed");
    server(number).up = false;
    for (Server other : servers) {
      other.input(new Input.Disconnected(number));
      other.input(new Input.Refused(number));
    }
  }

  /** Whether a server may act as master now: what a product asks before each thing it does. */
  boolean isMaster(int number) {
    return server(number).up && server(number).state.isMaster(now);
  }

  /** The fencing token of the mastership that a server knows. */
  long token(int number) {
    return server(number).state.mastership().epoch().token();
  }

  private Server server(int number) {
    return servers.get(number - 1);
  }

  private void later(long atNanos, int server, Input input) {
    agenda.add(new Due(atNanos, orders++, server, input));
  }

  /** One server: its state, its disk of one epoch, its timer. */
  private final class Server {
    private final int number;
    private final Protocol protocol;
    private State state;
    private Epoch stored = Epoch.NONE;
    private long tickNanos = Long.MAX_VALUE;
    private boolean up = true;

    Server(int number) {
      this.number = number;
      this.protocol = new Protocol(group, number);
      this.state = protocol.start(new Recovered(stored, Log.EMPTY, 1), now);
    }

    void start() {
      for (Server other : servers) {
        if (other != this) {
          input(new Input.Connected(other.number));
        }
      }
    }

    void input(Input input) {
      if (!up || (input instanceof Input.Tick && now < tickNanos)) {
        return;
      }
      Step step = protocol.step(state, input, now);
      state = step.state();
      step.effects().forEach(this::carryOut);
      tickNanos = protocol.deadline(state).atNanos();
      if (tickNanos != Long.MAX_VALUE) {
        later(Math.max(tickNanos, now), number, new Input.Tick());
      }
    }

    private void carryOut(Effect effect) {
      if (effect instanceof Effect.Send send) {
        send(send);
      } else if (effect instanceof Effect.StoreEpoch store) {
        stored = store.epoch();
        later(now, number, new Input.Persisted(store.ticket()));
      } else if (effect instanceof Effect.Report report) {
        out.accept(
            "%d ms: server %d %s %s"
                .formatted(now / MILLI, number, report.change(), report.mastership()));
      } else {
        throw new IllegalStateException("not an effect of an election: " + effect);
      }
    }

    private void send(Effect.Send send) {
      later(now + MILLI, send.to(), new Input.Received(number, send.message()));
    }
  }
}
