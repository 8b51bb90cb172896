package org.mastership.harness.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.mastership.core.Guarantee;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.harness.processes.GroupWatch;
import org.mastership.harness.processes.ProcessGroup;
import org.mastership.harness.workload.Kind;
import org.mastership.harness.workload.LiveLine;
import org.mastership.harness.workload.Traffic;

/** One demonstration, from the start of the group to the verdict. */
final class Demo {
  private static final Duration START = Duration.ofSeconds(60);

  private final Settings settings;
  private final PrintWriter out;

  /**
   * What to demonstrate.
   *
   * @param servers how many servers
   * @param guarantee what they promise
   * @param kills how often the master is killed
   * @param clients how many clients ask at a time
   * @param seed of all that is random
   */
  record Settings(int servers, Guarantee guarantee, int kills, int clients, long seed) {}

  Demo(Settings settings, PrintWriter out) {
    this.settings = settings;
    this.out = out;
  }

  DemoResult run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("mastership-demo-");
    out.printf(
        "%d servers, guarantee %s, %d clients, %d kills, seed %d; files in %s%n",
        settings.servers,
        settings.guarantee,
        settings.clients,
        settings.kills,
        settings.seed,
        folder);
    ProcessGroup group =
        ProcessGroup.observed(folder, settings.servers, settings.guarantee).temporary();
    DemoResult result;
    try (group) {
      result = run(group, folder.resolve("history.jsonl"));
    }
    if (result.isClean()) {
      group.deleteFiles();
    }
    return result;
  }

  private DemoResult run(ProcessGroup group, Path file) throws IOException, InterruptedException {
    group.startAll();
    Drill drill;
    Traffic.Counts counts;
    try (GroupWatch watch = new GroupWatch(group);
        HistoryWriter history = new HistoryWriter(file);
        Traffic traffic =
            new Traffic(
                group, EnumSet.allOf(Kind.class), history, settings.clients, settings.seed)) {
      drill = new Drill(group, watch, traffic, settings);
      try (LiveLine line = new LiveLine(out, watch, traffic::answered, drill::lastFailover)) {
        watch.awaitWhole(START);
        traffic.start();
        line.start();
        drill.run();
        watch.awaitWhole(START);
      } catch (TimeoutException e) {
        drill.failed(String.valueOf(e.getMessage()));
      }
      traffic.finish();
      counts = traffic.counts();
    }
    group.crashAll();
    out.println("checking the history");
    out.flush();
    return new Judgement(settings, drill.failovers(), counts)
        .of(file, group.masterships(), List.copyOf(drill.problems()), group.folder());
  }
}
