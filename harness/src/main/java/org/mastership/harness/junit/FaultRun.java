package org.mastership.harness.junit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mastership.harness.checker.Model;
import org.mastership.harness.run.FaultKind;
import org.mastership.harness.run.Run;
import org.mastership.harness.run.RunResult;
import org.mastership.harness.run.RunSettings;
import org.mastership.harness.workload.Kind;
import org.mastership.harness.workload.ServiceTraffic;
import org.mastership.node.service.ReplicatedService;

/** One run of a {@link FaultTest}, with one seed. One thread at a time. */
public final class FaultRun {
  private final RunSettings settings;
  private final Class<? extends ReplicatedService> service;
  private final Path folder;
  private boolean used;

  FaultRun(FaultTest test, long seed, Path folder) {
    this.settings =
        new RunSettings(
            test.ground(),
            test.servers(),
            test.guarantee(),
            EnumSet.noneOf(Kind.class),
            faults(test),
            duration(test.duration()),
            seed,
            test.clients());
    this.service = test.service();
    this.folder = folder;
  }

  private static Set<FaultKind> faults(FaultTest test) {
    Set<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
    faults.addAll(List.of(test.faults()));
    return faults;
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse("PT" + text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "duration = \"" + text + "\" must be a number and h, m or s, as in 5s", e);
    }
  }

  /** What everything is drawn from that is drawn by chance. */
  public long seed() {
    return settings.seed();
  }

  /** Where the run's files are, if it is not clean. */
  public Path folder() {
    return folder;
  }

  /**
   * Starts the group, lets clients ask while things go wrong, heals all, and judges what they were
   * told. Returns when all that is done.
   *
   * @param model what the service does when it is used by one process at a time; whole numbers come
   *     to it as {@code LongNode}
   * @param question what a client asks, again and again; called by each client's own thread; on the
   *     ground {@code SIMULATED} one of these runs at a time, and time stands still meanwhile
   * @return figures of the run, all of whose findings are good
   * @throws AssertionError if the answers contradict each other, if two servers were master, if a
   *     server stops by itself, or if the group does not serve after all was healed; says why, with
   *     what shows it
   * @throws IllegalArgumentException if the service can not be made
   * @throws IllegalStateException if this run was used already, or if a question threw an exception
   * @throws IOException if files can not be written, or servers do not start
   */
  public RunResult judge(Model model, ServiceTraffic.Question question)
      throws IOException, InterruptedException {
    if (used) {
      throw new IllegalStateException("a run is judged once; seeds = 2 makes two");
    }
    used = true;
    RunResult result = Run.ofService(settings, folder, service, question, model);
    if (Thread.interrupted()) {
      throw new InterruptedException("the run was interrupted; its files are in " + folder);
    }
    if (!result.isClean()) {
      throw new AssertionError(message(result));
    }
    return result;
  }

  private String message(RunResult result) {
    StringBuilder text = new StringBuilder();
    result.findings().stream()
        .filter(finding -> !finding.isGood())
        .forEach(
            finding -> {
              text.append(finding.what()).append(": ").append(finding.verdict()).append(": ");
              text.append(finding.sentence()).append('\n');
              finding.explanation().forEach(line -> text.append("  ").append(line).append('\n'));
            });
    return text.append("seed ").append(seed()).append(", files in ").append(folder).toString();
  }

  /** Whether the test judged anything. */
  boolean isUsed() {
    return used;
  }
}
