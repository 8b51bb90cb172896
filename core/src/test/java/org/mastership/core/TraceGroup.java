package org.mastership.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The servers of a trace, the messages between them, and the time, all moved by hand. */
final class TraceGroup {
  private record InFlight(int from, int to, Message message) {
    boolean isOf(String kind) {
      return message.getClass().getSimpleName().equals(kind);
    }
  }

  private static final class Server {
    State state;
    boolean up = true;
    boolean paused;
    boolean holdsDisk;
    long incarnation = 1;
    Epoch storedEpoch = Epoch.NONE;
    Log storedLog = Log.EMPTY;
    long executed;
    final Deque<Effect> writes = new ArrayDeque<>();
    final Deque<Input> sleeping = new ArrayDeque<>();

    Server(State state) {
      this.state = state;
    }
  }

  /** More steps than these at one instant are an endless loop. */
  private static final int MOST_AT_ONCE = 1_000;

  private final GroupConfiguration group;
  private final TreeMap<Integer, Server> servers = new TreeMap<>();
  private final List<InFlight> messages = new ArrayList<>();
  private final List<InFlight> delivered = new ArrayList<>();
  private final Set<String> cut = new HashSet<>();
  private final TraceOutput out;
  private long now;

  TraceGroup(GroupConfiguration group, TraceOutput out) {
    this.group = group;
    this.out = out;
    for (int number = 1; number <= group.size(); number++) {
      Recovered empty = new Recovered(Epoch.NONE, Log.EMPTY, 1);
      servers.put(number, new Server(protocol(number).start(empty, now)));
    }
    servers.keySet().forEach(this::connectAll);
  }

  private Protocol protocol(int number) {
    return new Protocol(group, number);
  }

  private Server server(int number) {
    return servers.get(number);
  }

  State state(int number) {
    return server(number).state;
  }

  boolean isMaster(int number) {
    Server server = server(number);
    return server.up && server.state.isMaster(now);
  }

  private void connectAll(int number) {
    for (int peer : servers.keySet()) {
      if (peer != number && server(peer).up) {
        input(number, new Input.Connected(peer));
      }
    }
  }

  /** Gives a server an input now, or when it wakes. */
  void input(int number, Input input) {
    Server server = server(number);
    if (!server.up) {
      return;
    }
    if (server.paused) {
      server.sleeping.add(input);
      return;
    }
    Step step = protocol(number).step(server.state, input, now);
    server.state = step.state();
    out.step(number, now, input, step);
    for (Effect effect : step.effects()) {
      carryOut(number, server, effect);
    }
    if (!server.holdsDisk) {
      persist(number);
    }
    if (server.state.committed() > server.executed) {
      server.executed = server.state.committed();
      input(number, new Input.Executed(server.executed, server.executed));
    }
  }

  private void carryOut(int number, Server server, Effect effect) {
    if (effect instanceof Effect.Send send) {
      messages.add(new InFlight(number, send.to(), send.message()));
    } else if (effect instanceof Effect.Rewind) {
      server.executed = 0;
    } else if (effect instanceof Effect.StoreEpoch
        || effect instanceof Effect.Append
        || effect instanceof Effect.Cut) {
      server.writes.add(effect);
    }
  }

  /** What a server wrote becomes stable. */
  void persist(int number) {
    Server server = server(number);
    long ticket = 0;
    while (!server.writes.isEmpty()) {
      Effect write = server.writes.remove();
      if (write instanceof Effect.StoreEpoch epoch) {
        server.storedEpoch = epoch.epoch();
        ticket = epoch.ticket();
      } else if (write instanceof Effect.Append append) {
        server.storedLog = server.storedLog.append(append.run());
        ticket = append.ticket();
      } else if (write instanceof Effect.Cut cutLog) {
        server.storedLog = server.storedLog.cut(cutLog.after());
        ticket = cutLog.ticket();
      }
    }
    if (ticket > 0) {
      input(number, new Input.Persisted(ticket));
    }
  }

  void holdDisk(int number, boolean holds) {
    server(number).holdsDisk = holds;
    if (!holds) {
      persist(number);
    }
  }

  /** Lets time pass; deadlines are met, messages stay where they are. */
  void tick(long nanos) {
    long end = now + nanos;
    long before = now;
    int atOnce = 0;
    while (true) {
      long due = Long.MAX_VALUE;
      int first = 0;
      for (int number : servers.keySet()) {
        Server server = server(number);
        long at = protocol(number).deadline(server.state).atNanos();
        if (server.up && !server.paused && at < due) {
          due = at;
          first = number;
        }
      }
      if (first == 0 || due > end) {
        now = end;
        return;
      }
      now = Math.max(now, due);
      atOnce = now > before ? 0 : atOnce + 1;
      before = now;
      if (atOnce > MOST_AT_ONCE) {
        throw new IllegalStateException("server " + first + " is due again and again at " + now);
      }
      input(first, new Input.Tick());
    }
  }

  /** Delivers what is under way now from one server to another; 0 stands for any. */
  boolean deliver(int from, int to, String kind) {
    List<InFlight> due = take(from, to, kind);
    for (InFlight each : due) {
      boolean lost = cut.contains(each.from() + "-" + each.to()) || !server(each.to()).up;
      if (lost) {
        out.lost(each.from(), each.to(), each.message());
      } else {
        delivered.add(each);
        input(each.to(), new Input.Received(each.from(), each.message()));
      }
    }
    return !due.isEmpty();
  }

  /** Delivers once more the last message of a kind that went from one server to another. */
  void repeat(int from, int to, String kind) {
    for (int i = delivered.size() - 1; i >= 0; i--) {
      InFlight each = delivered.get(i);
      if (each.isOf(kind) && each.from() == from && each.to() == to) {
        input(to, new Input.Received(from, each.message()));
        return;
      }
    }
    throw new IllegalArgumentException("no " + kind + " went from " + from + " to " + to);
  }

  void drop(int from, int to, String kind) {
    for (InFlight each : take(from, to, kind)) {
      out.lost(each.from(), each.to(), each.message());
    }
  }

  /** Takes what is under way, 0 standing for any server and "" for any kind of message. */
  private List<InFlight> take(int from, int to, String kind) {
    List<InFlight> taken = new ArrayList<>();
    for (Iterator<InFlight> rest = messages.iterator(); rest.hasNext(); ) {
      InFlight each = rest.next();
      boolean between = (from == 0 || each.from() == from) && (to == 0 || each.to() == to);
      if (between && (kind.isEmpty() || each.isOf(kind))) {
        taken.add(each);
        rest.remove();
      }
    }
    return taken;
  }

  /** Lets time pass by milliseconds; each message takes one. */
  void run(long nanos) {
    for (long end = now + nanos; now < end; ) {
      tick(TestGroups.MILLI);
      deliver(0, 0, "");
    }
  }

  /** What one server sends to another is lost from now on, and nobody is told. */
  void cut(int from, int to) {
    cut.add(from + "-" + to);
  }

  /** Nothing is lost any more, but for what was sent before. */
  void heal() {
    for (InFlight each : List.copyOf(messages)) {
      if (cut.contains(each.from() + "-" + each.to())) {
        messages.remove(each);
        out.lost(each.from(), each.to(), each.message());
      }
    }
    cut.clear();
  }

  /** The connections between two servers are lost, and both are told. */
  void disconnect(int one, int other) {
    drop(one, other, "");
    drop(other, one, "");
    input(one, new Input.Disconnected(other));
    input(other, new Input.Disconnected(one));
  }

  void connect(int one, int other) {
    input(one, new Input.Connected(other));
    input(other, new Input.Connected(one));
  }

  void crash(int number) {
    stop(number);
    for (int peer : servers.keySet()) {
      if (peer != number) {
        input(peer, new Input.Refused(number));
      }
    }
  }

  /** The process is gone, with what it had not written and not sent. */
  private void stop(int number) {
    Server server = server(number);
    server.up = false;
    server.writes.clear();
    take(number, 0, "");
    for (int peer : servers.keySet()) {
      if (peer != number) {
        input(peer, new Input.Disconnected(number));
      }
    }
  }

  /** Starts a process that is gone, or puts a new one in the place of one that is not. */
  void restart(int number) {
    Server server = server(number);
    if (server.up) {
      stop(number);
    }
    server.up = true;
    server.paused = false;
    server.incarnation++;
    server.executed = 0;
    server.state =
        protocol(number)
            .start(new Recovered(server.storedEpoch, server.storedLog, server.incarnation), now);
    for (int peer : servers.keySet()) {
      if (peer != number) {
        input(peer, new Input.Connected(number));
      }
    }
    connectAll(number);
  }

  void pause(int number) {
    server(number).paused = true;
  }

  void wake(int number) {
    Server server = server(number);
    server.paused = false;
    while (!server.sleeping.isEmpty()) {
      input(number, server.sleeping.remove());
    }
  }

  void status() {
    servers.forEach(
        (number, server) -> {
          if (server.up) {
            out.status(number, now, server.state, protocol(number).deadline(server.state));
          } else {
            out.down(number);
          }
        });
  }
}
