package org.mastership.harness.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mastership.core.Input;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.simulation.Broken;
import org.mastership.harness.simulation.Settings;
import org.mastership.harness.simulation.Simulation;

/**
 * A run of the ground {@code simulated}: core's state machines with clients of the simulation's
 * own, in virtual time, with all promises checked at every step. It leaves the same folder as other
 * runs, without a history of clients and without a resource outside.
 */
final class SimulatedRun implements Simulation.Trace {
  /** How often a server that stays master is observed. */
  private static final long OBSERVED_EVERY_NANOS = 2_000_000;

  private final RunSettings settings;
  private final RunFolder folder;
  private final List<Observation> masterships = new ArrayList<>();
  private final Map<Integer, Observation> latest = new LinkedHashMap<>();
  private long nowNanos;

  SimulatedRun(RunSettings settings, RunFolder folder) {
    this.settings = settings;
    this.folder = folder;
  }

  RunResult run() throws IOException {
    RunFile file = new RunFile(folder.run(), settings, 0, () -> nowNanos);
    file.write(Optional.empty());
    List<Fault> faults = writeFaults();
    Map<String, Double> figures = new LinkedHashMap<>();
    Finding promises = promises(figures);
    MastershipFile.write(folder.masterships(), masterships, 0);
    Finding judged = new Judge(settings, faults, 0).masterships(masterships);
    RunResult result = new RunResult(folder.path(), List.of(promises, judged), figures);
    file.write(Optional.of(result));
    folder.deleteServers();
    return result;
  }

  private Finding promises(Map<String, Double> figures) {
    try {
      Simulation.Result result = Simulation.run(simulated(), this);
      figures.put("steps", (double) result.steps());
      figures.put("answered requests", (double) result.answers());
      figures.put("masterships", (double) result.tenures());
      return new Finding(
          "promises",
          "kept",
          true,
          "checked after each of " + result.steps() + " steps",
          List.of());
    } catch (Broken e) {
      return new Finding("promises", "broken", false, String.valueOf(e.getMessage()), List.of());
    }
  }

  private Settings simulated() {
    Set<Settings.Fault> faults = EnumSet.noneOf(Settings.Fault.class);
    settings.faults().forEach(kind -> faults.add(simulated(kind)));
    return new Settings(
        settings.seed(),
        settings.guarantee(),
        settings.servers(),
        faults,
        settings.duration().toNanos());
  }

  /** What the simulation draws servers, links and times for by itself. */
  private static Settings.Fault simulated(FaultKind kind) {
    return switch (kind) {
      case CRASH -> Settings.Fault.CRASH;
      case PAUSE -> Settings.Fault.PAUSE;
      case ONE_WAY, ISOLATE_MASTER -> Settings.Fault.PARTITION;
      case DELAY, JITTER -> Settings.Fault.SLOW_NETWORK;
      case LOSS -> Settings.Fault.LOSSY;
      case HAND_OVER -> Settings.Fault.HAND_OVER;
      case HALVES, RING, BRIDGE, FULL_DISK ->
          throw new IllegalStateException(kind + " is refused by the settings");
    };
  }

  /** Each kind is drawn again and again from the beginning until all is healed. */
  private List<Fault> writeFaults() throws IOException {
    List<Integer> all = new ArrayList<>();
    for (int number = 1; number <= settings.servers(); number++) {
      all.add(number);
    }
    try (FaultLog log = new FaultLog(folder.faults(), () -> nowNanos)) {
      List<Fault> begun = new ArrayList<>();
      for (FaultKind kind : settings.faults()) {
        begun.add(log.begins(kind, all, "again and again, drawn by the seed"));
      }
      nowNanos = settings.duration().toNanos();
      for (Fault fault : begun) {
        log.ends(fault);
      }
      return log.all();
    }
  }

  @Override
  public void transition(
      long atNanos, long localNanos, int server, State before, Input input, Step step) {
    nowNanos = atNanos;
    if (!step.state().isMaster(localNanos)) {
      return;
    }
    long token = step.state().mastership().epoch().token();
    Observation last = latest.get(server);
    if (last == null || last.token() != token || atNanos >= last.after() + OBSERVED_EVERY_NANOS) {
      Observation observed = new Observation("s" + server, atNanos, atNanos, token);
      latest.put(server, observed);
      masterships.add(observed);
    }
  }
}
