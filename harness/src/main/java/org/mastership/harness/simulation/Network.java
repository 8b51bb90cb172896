package org.mastership.harness.simulation;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.mastership.core.Message;
import org.mastership.harness.simulation.Settings.Fault;

/**
 * The network between simulated servers: messages take time, and may be lost, doubled, overtaken or
 * cut off. A connection goes in one direction, as in the real transport.
 */
final class Network {
  private static final long USUAL_LEAST = 50_000;
  private static final long USUAL_MOST = Settings.DELAY_NANOS / 4;

  /** Where messages and news of connections go. */
  interface Receivers {
    void deliver(int from, int to, Message message, Payload payload);

    void connected(int at, int peer);

    void disconnected(int at, int peer);

    void refused(int at, int peer);

    /** A server has started or crashed. */
    void changed(int server);
  }

  private final Settings settings;
  private final Chance chance;
  private final Schedule schedule;
  private final Receivers receivers;
  private final IntPredicate isUp;
  private final boolean[][] cut;
  private final boolean[][] connected;
  private final long[][] lastArrival;
  private final Optional<WideArea> wideArea;
  private boolean faulty = true;
  private long lastStart;

  Network(
      Settings settings, Chance chance, Schedule schedule, IntPredicate isUp, Receivers receivers) {
    this.settings = settings;
    this.chance = chance;
    this.schedule = schedule;
    this.isUp = isUp;
    this.receivers = receivers;
    int size = settings.servers() + 1;
    this.cut = new boolean[size][size];
    this.connected = new boolean[size][size];
    this.lastArrival = new long[size][size];
    this.wideArea = WideArea.of(settings);
  }

  private boolean has(Fault fault) {
    return faulty && settings.has(fault);
  }

  /** When a server last started. */
  long lastStart() {
    return lastStart;
  }

  void send(int from, int to, Message message, Payload payload) {
    if (!connected[from][to] || (has(Fault.LOSSY) && chance.oneIn(20))) {
      return;
    }
    transmit(from, to, message, payload);
    if (has(Fault.LOSSY) && chance.oneIn(20)) {
      transmit(from, to, message, payload);
    }
  }

  private void transmit(int from, int to, Message message, Payload payload) {
    long delay =
        wideArea.isPresent()
            ? wideArea.get().nanos(from, to, chance)
            : chance.between(USUAL_LEAST, USUAL_MOST);
    if (has(Fault.SLOW_NETWORK) && chance.oneIn(10)) {
      delay = chance.between(USUAL_LEAST, 40 * Settings.DELAY_NANOS);
    }
    long arrival = schedule.now() + delay;
    if (!has(Fault.LOSSY)) {
      arrival = Math.max(arrival, lastArrival[from][to] + 1);
      lastArrival[from][to] = arrival;
    }
    schedule.at(
        arrival,
        () -> {
          if (!cut[from][to] && isUp.test(to)) {
            receivers.deliver(from, to, message, payload);
          }
        });
  }

  /** A server has started: it dials the others, and they it. */
  void started(int server) {
    lastStart = schedule.now();
    receivers.changed(server);
    for (int peer = 1; peer <= settings.servers(); peer++) {
      if (peer != server) {
        dialSoon(server, peer);
        dialSoon(peer, server);
      }
    }
  }

  /** A server has crashed: its connections break, the others learn it and are refused. */
  void crashed(int server) {
    receivers.changed(server);
    for (int peer = 1; peer <= settings.servers(); peer++) {
      if (peer != server) {
        connected[server][peer] = false;
        breakConnection(peer, server);
      }
    }
  }

  /** A connection breaks and is dialled again at once. */
  void breakConnection(int from, int to) {
    if (connected[from][to]) {
      connected[from][to] = false;
      if (isUp.test(from)) {
        receivers.disconnected(from, to);
      }
      dialSoon(from, to);
    }
  }

  private void dialSoon(int from, int to) {
    schedule.after(chance.between(100_000L, 5_000_000L), () -> dial(from, to));
  }

  private void dial(int from, int to) {
    if (connected[from][to] || !isUp.test(from)) {
      return;
    }
    if (cut[from][to] || cut[to][from]) {
      schedule.after(50_000_000L, () -> dial(from, to));
    } else if (isUp.test(to)) {
      connected[from][to] = true;
      receivers.connected(from, to);
    } else {
      receivers.refused(from, to);
      schedule.after(20_000_000L, () -> dial(from, to));
    }
  }

  void cut(int from, int to) {
    cut[from][to] = true;
  }

  void heal() {
    for (boolean[] row : cut) {
      Arrays.fill(row, false);
    }
  }

  /** From now on messages come in time and in order. */
  void behave() {
    faulty = false;
    heal();
  }
}
