package org.mastership.harness.simulation;

import java.util.List;
import org.mastership.core.Input;
import org.mastership.core.Role;
import org.mastership.harness.simulation.Settings.Fault;

/** Makes things go wrong, as often as chance has it, and heals them again. */
final class Faults {
  private static final long MILLI = Settings.MILLI;

  private final Settings settings;
  private final Chance chance;
  private final Schedule schedule;
  private final Network network;
  private final List<SimulatedServer> servers;

  Faults(
      Settings settings,
      Chance chance,
      Schedule schedule,
      Network network,
      List<SimulatedServer> servers) {
    this.settings = settings;
    this.chance = chance;
    this.schedule = schedule;
    this.network = network;
    this.servers = servers;
  }

  void start() {
    schedule.after(chance.between(20 * MILLI, 300 * MILLI), this::turn);
  }

  private void turn() {
    if (schedule.now() >= settings.faultyNanos()) {
      return;
    }
    List<Fault> faults = List.copyOf(settings.faults());
    if (!faults.isEmpty()) {
      inflict(faults.get(chance.between(0, faults.size() - 1)));
    }
    start();
  }

  private void inflict(Fault fault) {
    switch (fault) {
      case PARTITION -> partition();
      case CRASH -> crash();
      case PAUSE -> pause(victim());
      case RECONNECT -> reconnect();
      case HAND_OVER -> handOver();
      case LOSSY, SLOW_NETWORK, SLOW_DISK -> {}
    }
  }

  private void handOver() {
    SimulatedServer master = victim();
    int target = chance.between(0, servers.size());
    if (master.isUp() && target != master.number()) {
      master.whenAwake(() -> master.input(new Input.Resign(target)));
    }
  }

  private void reconnect() {
    int one = victim().number();
    for (SimulatedServer other : servers) {
      if (other.number() != one && chance.oneIn(2)) {
        network.breakConnection(one, other.number());
        network.breakConnection(other.number(), one);
      }
    }
  }

  /** Half of the time it hits the master: there it matters. */
  private SimulatedServer victim() {
    if (chance.oneIn(2)) {
      for (SimulatedServer server : servers) {
        if (server.isUp() && server.state().role() == Role.MASTER) {
          return server;
        }
      }
    }
    return servers.get(chance.between(0, servers.size() - 1));
  }

  private void partition() {
    SimulatedServer one = victim();
    boolean oneWay = chance.oneIn(3);
    for (SimulatedServer other : servers) {
      if (other != one && !chance.oneIn(3)) {
        network.cut(one.number(), other.number());
        if (!oneWay) {
          network.cut(other.number(), one.number());
        }
      }
    }
    schedule.after(chance.between(50 * MILLI, 800 * MILLI), network::heal);
  }

  private void crash() {
    boolean all = chance.oneIn(10);
    for (SimulatedServer server : servers) {
      if (all) {
        crash(server);
      }
    }
    if (!all) {
      crash(victim());
    }
  }

  private void crash(SimulatedServer server) {
    if (!server.isUp()) {
      return;
    }
    server.crash(chance);
    network.crashed(server.number());
    schedule.after(chance.between(1 * MILLI, 500 * MILLI), () -> restart(server));
  }

  private void restart(SimulatedServer server) {
    if (!server.isUp()) {
      server.start();
      network.started(server.number());
    }
  }

  private void pause(SimulatedServer server) {
    server.pause();
    schedule.after(chance.between(10 * MILLI, 400 * MILLI), server::wake);
  }

  /** Heals everything: from now on the group must recover. */
  void healAll() {
    network.behave();
    for (SimulatedServer server : servers) {
      server.wake();
      restart(server);
    }
  }
}
