package org.mastership.harness.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.mastership.core.Guarantee;
import org.mastership.harness.checker.Model;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.fencing.FencedResource;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.harness.processes.GroupWatch;
import org.mastership.harness.processes.RunningGroup;
import org.mastership.harness.processes.ServerStatus;
import org.mastership.harness.workload.Clients;
import org.mastership.harness.workload.LiveLine;
import org.mastership.harness.workload.ServiceTraffic;
import org.mastership.node.service.KeyValueService;
import org.mastership.node.service.ReplicatedService;

/** One run: a group under load and faults, then healed, then judged. */
public final class Run {
  private static final Duration START = Duration.ofMinutes(2);

  private final RunSettings settings;
  private final RunFolder folder;
  private final PrintWriter out;
  private final Load load;
  private final long originNanos = System.nanoTime();
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  /** When all servers followed one master for the first time. */
  private long wholeNanos = originNanos;

  private boolean interrupted;

  private Run(RunSettings settings, RunFolder folder, PrintWriter out, Load load) {
    this.settings = settings;
    this.folder = folder;
    this.out = out;
    this.load = load;
  }

  /**
   * Runs it. A thread that is interrupted ends the servers at once, and has what was seen so far
   * judged and written; it is still interrupted when this returns.
   *
   * @param path a folder that is made for its files
   * @param out is told how it goes
   * @throws IOException if files can not be written or the ground does not work
   */
  public static RunResult run(RunSettings settings, Path path, PrintWriter out)
      throws IOException, InterruptedException {
    RunFolder folder = RunFolder.create(path);
    Load load = new Load.KeyValue(settings);
    return settings.ground() == Ground.SIMULATED
        ? new SimulatedRun(settings, folder, KeyValueService::new, load).run()
        : new Run(settings, folder, out, load).run(on(settings, KeyValueService.class));
  }

  /**
   * Runs a group of somebody's own service.
   *
   * @param path a folder that is made for its files
   * @param service has a constructor without parameters, which is called for each start of a server
   * @param question what clients ask
   * @param model what the service does when it is used by one process at a time
   * @throws IllegalArgumentException if the service can not be made
   * @throws IllegalStateException if a question failed with anything but a missing answer
   * @throws IOException if files can not be written or the ground does not work
   */
  public static RunResult ofService(
      RunSettings settings,
      Path path,
      Class<? extends ReplicatedService> service,
      ServiceTraffic.Question question,
      Model model)
      throws IOException, InterruptedException {
    Ground.made(service); // as a server will have to
    Load load = new Load.Own(settings, service.getSimpleName(), model, question);
    RunFolder folder = RunFolder.create(path);
    if (settings.ground() == Ground.SIMULATED) {
      return new SimulatedRun(settings, folder, () -> Ground.made(service), load).run();
    }
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    return new Run(settings, folder, nobody, load).run(on(settings, service));
  }

  /** Removes the files of a run, if there are any. */
  public static void deleteFiles(Path path) throws IOException {
    RunFolder.delete(path);
  }

  private static Opening on(RunSettings settings, Class<? extends ReplicatedService> service) {
    return (files, wanted, resource) -> settings.ground().open(files, wanted, resource, service);
  }

  /** Runs a group that somebody else prepares, as the ground would. */
  static RunResult run(RunSettings settings, Path path, PrintWriter out, Opening opening)
      throws IOException, InterruptedException {
    return new Run(settings, RunFolder.create(path), out, new Load.KeyValue(settings)).run(opening);
  }

  /** Prepares a group, as {@link Ground#open} does. */
  @FunctionalInterface
  interface Opening {
    RunningGroup open(Path folder, RunSettings settings, FencedResource resource)
        throws IOException, InterruptedException;
  }

  private static void stop(RunningGroup group) throws IOException, InterruptedException {
    for (var server : group.servers()) {
      server.stop();
    }
  }

  private long sinceOrigin() {
    return System.nanoTime() - originNanos;
  }

  private RunResult run(Opening opening) throws IOException, InterruptedException {
    RunFile file = new RunFile(folder.run(), settings, originNanos, this::sinceOrigin);
    file.write(Optional.empty());
    List<Fault> faults;
    List<Observation> masterships;
    FencedResource resource = FencedResource.open(folder.resource(), originNanos);
    try (resource;
        RunningGroup group = opening.open(folder.servers(), settings, resource);
        FaultLog log = new FaultLog(folder.faults(), this::sinceOrigin)) {
      group.startAll();
      underFaults(group, log);
      faults = log.all();
      if (!interrupted) {
        stop(group);
        group.saveLogs();
      }
      masterships = group.masterships();
    }
    interrupted |= Thread.interrupted();
    MastershipFile.write(folder.masterships(), masterships, originNanos);
    out.println("checking what was seen");
    out.flush();
    List<Observation> promised =
        TwoMastersFigures.sinceWhole(settings.guarantee(), masterships, wholeNanos, figures);
    RunResult result =
        new Evidence(settings, folder, originNanos, faults, promised, resource.seen())
            .judged(load, findings, figures, !interrupted);
    file.write(Optional.of(result));
    if (result.isClean()) {
      folder.deleteServers();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return result;
  }

  private void underFaults(RunningGroup group, FaultLog log)
      throws IOException, InterruptedException {
    try (GroupWatch watch = new GroupWatch(group);
        HistoryWriter history = new HistoryWriter(folder.history());
        Clients clients = load.clients(group, history);
        LiveLine line = new LiveLine(out, watch, clients::answered, log::inForce)) {
      Random random = new Random(settings.seed());
      try {
        watch.awaitStarted(START);
        wholeNanos = System.nanoTime();
        clients.start();
        line.start();
        Injector injector = new Injector(group, watch, random);
        new FaultSchedule(settings, injector, log, random).run(settings.duration().toNanos());
        long healedNanos = System.nanoTime();
        injector.requireAllThere();
        watch.awaitWhole(START);
        whole((System.nanoTime() - healedNanos) / 1e6);
        countDiscarded(watch);
      } catch (TimeoutException e) {
        bad("group in the end", "not whole", e, watch.lastLinesOfEnded());
      } catch (ServerLostException e) {
        bad("servers", "stopped by themselves", e, e.lastLines());
      }
      clients.finish();
    } catch (InterruptedException e) {
      interrupted = true;
      String sentence = "what was seen until then is judged; nothing was healed";
      findings.add(new Finding("group in the end", "interrupted", true, sentence, List.of()));
    }
  }

  private void bad(String what, String verdict, Exception why, List<String> lastLines) {
    findings.add(new Finding(what, verdict, false, String.valueOf(why.getMessage()), lastLines));
  }

  private void countDiscarded(GroupWatch watch) {
    if (settings.guarantee() == Guarantee.TIMED) {
      long discarded = watch.statuses().stream().mapToLong(ServerStatus::discarded).sum();
      figures.put("discarded requests, in all logs", (double) discarded);
    }
  }

  private void whole(double millis) {
    findings.add(
        new Finding(
            "group in the end",
            "whole",
            true,
            "one master that all others follow, %.0f ms after all was healed".formatted(millis),
            List.of()));
  }
}
