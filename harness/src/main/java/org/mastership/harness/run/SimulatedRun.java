package org.mastership.harness.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.mastership.core.Input;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.fencing.FencedLedger;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.harness.simulation.Broken;
import org.mastership.harness.simulation.FaultListener;
import org.mastership.harness.simulation.Recorded;
import org.mastership.harness.simulation.Settings;
import org.mastership.harness.simulation.Simulation;
import org.mastership.harness.workload.Scripts;
import org.mastership.node.service.ReplicatedService;

/**
 * A run of the ground {@code simulated}: core's state machines, a service and its clients in
 * virtual time, with all promises checked at every step. It leaves the same folder as other runs,
 * and the same seed leaves the same files but for the date.
 */
final class SimulatedRun implements Simulation.Trace {
  /** How often a server that stays master is observed. */
  private static final long OBSERVED_EVERY_NANOS = 2_000_000;

  private final RunSettings settings;
  private final RunFolder folder;
  private final Supplier<ReplicatedService> service;
  private final Load load;
  private final Simulation simulation;
  private final List<Observation> masterships = new ArrayList<>();
  private final Map<Integer, Observation> latest = new HashMap<>();

  /**
   * A run that has not begun.
   *
   * @param service makes what servers execute requests on
   * @param load what uses it
   */
  SimulatedRun(
      RunSettings settings, RunFolder folder, Supplier<ReplicatedService> service, Load load) {
    this.settings = settings;
    this.folder = folder;
    this.service = service;
    this.load = load;
    this.simulation = new Simulation(simulated(), this);
  }

  RunResult run() throws IOException {
    RunFile file = new RunFile(folder.run(), settings, 0, simulation::nowNanos);
    file.write(Optional.empty());
    List<Finding> findings = new ArrayList<>();
    Map<String, Double> figures = new LinkedHashMap<>();
    Evidence evidence;
    try (Scripts scripts = load.scripts();
        HistoryWriter history = new HistoryWriter(folder.history(), simulation::nowNanos);
        FencedLedger resource = new FencedLedger(folder.resource(), simulation::nowNanos);
        FaultLog log = new FaultLog(folder.faults(), simulation::nowNanos)) {
      simulation.record(
          new Recorded(service, scripts, settings.clients(), history, resource, new Faults(log)));
      findings.add(promises(figures));
      evidence = new Evidence(settings, folder, 0, log.all(), masterships, resource.seen());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    MastershipFile.write(folder.masterships(), masterships, 0);
    RunResult result = evidence.judged(load, findings, figures);
    file.write(Optional.of(result));
    folder.deleteServers();
    return result;
  }

  private Finding promises(Map<String, Double> figures) {
    try {
      Simulation.Result result = simulation.run();
      figures.put("steps", (double) result.steps());
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
      case HALVES -> Settings.Fault.HALVES;
      case RING -> Settings.Fault.RING;
      case ONE_WAY -> Settings.Fault.ONE_WAY;
      case ISOLATE_MASTER -> Settings.Fault.ISOLATE_MASTER;
      case BRIDGE -> Settings.Fault.BRIDGE;
      case DELAY, JITTER -> Settings.Fault.SLOW_NETWORK;
      case LOSS -> Settings.Fault.LOSSY;
      case FULL_DISK -> Settings.Fault.FULL_DISK;
      case HAND_OVER -> Settings.Fault.HAND_OVER;
      case SLOW_DISK -> Settings.Fault.SLOW_DISK;
      case CLOCK_RATE -> Settings.Fault.CLOCK_RATE;
    };
  }

  /** Writes down what goes wrong, by the kind that was asked for. */
  private final class Faults implements FaultListener {
    private final FaultLog log;
    private final Map<Long, Fault> inForce = new HashMap<>();

    Faults(FaultLog log) {
      this.log = log;
    }

    @Override
    public void begins(long id, Settings.Fault fault, List<Integer> servers, String text) {
      FaultKind kind =
          settings.faults().stream()
              .filter(each -> simulated(each) == fault)
              .findFirst()
              .orElseThrow();
      try {
        inForce.put(id, log.begins(kind, servers, text, log.now()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void ends(long id) {
      Fault ended = inForce.remove(id);
      if (ended != null) {
        try {
          log.ends(ended);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  @Override
  public void transition(
      long atNanos, long localNanos, int server, State before, Input input, Step step) {
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
