package org.mastership.harness.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mastership.core.Input;
import org.mastership.core.Role;
import org.mastership.harness.network.Cut;
import org.mastership.harness.network.Links.Link;
import org.mastership.harness.simulation.Settings.Fault;

/** Makes things go wrong, as often as chance has it, and heals them again. */
final class Faults {
  private static final long MILLI = Settings.MILLI;

  private final Settings settings;
  private final Chance chance;
  private final Schedule schedule;
  private final Network network;
  private final List<SimulatedServer> servers;
  private final Map<Long, Fault> inForce = new LinkedHashMap<>();
  private FaultListener listener = FaultListener.NONE;
  private long count;

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

  /** From now on this one is told what goes wrong. */
  void tell(FaultListener other) {
    listener = other;
  }

  void start() {
    for (Fault fault : settings.faults()) {
      if (fault == Fault.LOSSY || fault == Fault.SLOW_NETWORK || fault == Fault.SLOW_DISK) {
        begins(fault, numbers(), "now and then, drawn by the seed");
      }
    }
    turnLater();
  }

  private void turnLater() {
    schedule.after(settings.seldom(chance.between(20 * MILLI, 300 * MILLI)), this::turn);
  }

  private void turn() {
    if (schedule.now() >= settings.faultyNanos()) {
      return;
    }
    List<Fault> faults = List.copyOf(settings.faults());
    if (!faults.isEmpty()) {
      inflict(faults.get(chance.between(0, faults.size() - 1)));
    }
    turnLater();
  }

  private void inflict(Fault fault) {
    switch (fault) {
      case PARTITION -> partition();
      case CRASH -> crash();
      case PAUSE -> pause(victim());
      case RECONNECT -> reconnect();
      case HAND_OVER -> handOver();
      case HALVES -> cut(fault, Cut.halves(shuffled()));
      case RING -> cut(fault, Cut.ring(shuffled()));
      case ONE_WAY -> cut(fault, Cut.oneWay(victim().number(), chance.oneIn(2), servers.size()));
      case ISOLATE_MASTER -> cut(fault, Cut.isolated(masterOrAny().number(), servers.size()));
      case BRIDGE -> cut(fault, Cut.bridge(shuffled()));
      case FULL_DISK -> fillDisk(victim());
      case CLOCK_RATE -> changeClock(victim());
      case LOSSY, SLOW_NETWORK, SLOW_DISK -> {}
    }
  }

  private long begins(Fault fault, List<Integer> numbers, String text) {
    count++;
    inForce.put(count, fault);
    listener.begins(count, fault, numbers, text);
    return count;
  }

  private long begins(Fault fault, SimulatedServer server, String more) {
    return begins(fault, List.of(server.number()), "s" + server.number() + more);
  }

  private void ends(long id) {
    if (inForce.remove(id) != null) {
      listener.ends(id);
    }
  }

  /** Makes a fault right again, after a while that chance has. */
  private void undo(long id, long least, long most, Runnable action) {
    schedule.after(
        settings.slower(chance.between(least * MILLI, most * MILLI)),
        () -> {
          action.run();
          ends(id);
        });
  }

  private void handOver() {
    SimulatedServer master = victim();
    int target = chance.between(0, servers.size());
    if (master.isUp() && target != master.number()) {
      String to = " to " + (target == 0 ? "nobody in particular" : "s" + target);
      ends(begins(Fault.HAND_OVER, master, to));
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
    return chance.oneIn(2) ? masterOrAny() : any();
  }

  private SimulatedServer masterOrAny() {
    for (SimulatedServer server : servers) {
      if (server.isUp() && server.state().role() == Role.MASTER) {
        return server;
      }
    }
    return any();
  }

  private SimulatedServer any() {
    return servers.get(chance.between(0, servers.size() - 1));
  }

  private List<Integer> numbers() {
    return servers.stream().map(SimulatedServer::number).toList();
  }

  private List<Integer> shuffled() {
    List<Integer> shuffled = new ArrayList<>();
    for (int number : numbers()) {
      shuffled.add(chance.between(0, shuffled.size()), number);
    }
    return shuffled;
  }

  private void partition() {
    SimulatedServer one = victim();
    boolean oneWay = chance.oneIn(3);
    List<Link> links = new ArrayList<>();
    for (SimulatedServer other : servers) {
      if (other != one && !chance.oneIn(3)) {
        links.add(new Link(one.number(), other.number()));
        if (!oneWay) {
          links.add(new Link(other.number(), one.number()));
        }
      }
    }
    cut(Fault.PARTITION, new Cut(List.of(one.number()), links, "s" + one.number()));
  }

  private void cut(Fault fault, Cut cut) {
    cut.links().forEach(link -> network.cut(link.from(), link.to()));
    undo(begins(fault, cut.servers(), cut.text()), 50, 800, this::healLinks);
  }

  /** All links: a partition that began later ends with it. */
  private void healLinks() {
    network.heal();
    for (Map.Entry<Long, Fault> each : List.copyOf(inForce.entrySet())) {
      if (each.getValue().cutsLinks()) {
        ends(each.getKey());
      }
    }
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
    if (server.isUp()) {
      long id = begins(Fault.CRASH, server, "");
      stops(server);
      undo(id, 1, 500, () -> restart(server));
    }
  }

  /** A server is no more, until it is started again. */
  void stops(SimulatedServer server) {
    server.crash(chance);
    network.crashed(server.number());
  }

  private void restart(SimulatedServer server) {
    if (!server.isUp() && !server.hasFullDisk()) {
      server.start();
      network.started(server.number());
    }
  }

  private void fillDisk(SimulatedServer server) {
    if (server.hasFullDisk()) {
      return;
    }
    server.fillDisk();
    undo(begins(Fault.FULL_DISK, server, ""), 50, 500, () -> freeDisk(server));
  }

  private void freeDisk(SimulatedServer server) {
    server.freeDisk();
    restart(server);
  }

  private void changeClock(SimulatedServer server) {
    int drift = settings.group().timing().clockDriftPpm();
    double rate = Settings.rate(drift, chance);
    server.change(clock -> clock.runAt(rate));
    String more = " %+.0f ppm".formatted((rate - 1) * 1e6);
    undo(
        begins(Fault.CLOCK_RATE, server, more),
        50,
        800,
        () -> server.change(SimulatedClock::runAsUsual));
  }

  private void pause(SimulatedServer server) {
    server.pause();
    undo(begins(Fault.PAUSE, server, ""), 10, 400, server::wake);
  }

  /** Heals everything: from now on the group must recover. */
  void healAll() {
    network.behave();
    for (SimulatedServer server : servers) {
      if (settings.has(Fault.CLOCK_RATE)) {
        server.change(SimulatedClock::runAsUsual);
      }
      server.freeDisk();
      server.wake();
      restart(server);
    }
    List.copyOf(inForce.keySet()).forEach(this::ends);
  }
}
