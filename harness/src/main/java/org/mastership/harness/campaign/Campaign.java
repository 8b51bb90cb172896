package org.mastership.harness.campaign;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mastership.harness.report.ReportPage;
import org.mastership.harness.run.Ground;
import org.mastership.harness.run.RunResult;
import org.mastership.harness.run.RunSettings;

/** Does one run after the other, each in a folder of its own. */
public final class Campaign {
  private static final double NANOS = 1e9;

  private final List<PlannedRun> plan;
  private final Map<Ground, String> missing;
  private final Path folder;
  private final boolean stopsAtFirst;
  private final PrintWriter out;
  private final Runner runner;
  private final List<Outcome> outcomes = new ArrayList<>();

  private boolean interrupted;

  /** Does one run, as {@link org.mastership.harness.run.Run#run} does. */
  @FunctionalInterface
  public interface Runner {
    RunResult run(RunSettings settings, Path folder, PrintWriter out)
        throws IOException, InterruptedException;
  }

  /**
   * A campaign that has not begun.
   *
   * @param missing the grounds that are left out, and why
   * @param folder is made for its files
   * @param stopsAtFirst whether the first run that is not clean ends it
   * @param out is told of each run as it ends
   */
  public Campaign(
      List<PlannedRun> plan,
      Map<Ground, String> missing,
      Path folder,
      boolean stopsAtFirst,
      PrintWriter out,
      Runner runner) {
    this.plan = List.copyOf(plan);
    this.missing = Map.copyOf(missing);
    this.folder = folder;
    this.stopsAtFirst = stopsAtFirst;
    this.out = out;
    this.runner = runner;
  }

  /**
   * Runs it. A thread that is interrupted ends the run that goes on, and the campaign with it; it
   * is still interrupted when this returns.
   *
   * @throws IOException if the summary can not be written
   */
  public Summary run() throws IOException {
    Files.createDirectories(folder);
    CampaignFile file = new CampaignFile(folder);
    file.write(summary());
    for (PlannedRun each : plan) {
      interrupted |= Thread.interrupted();
      if (interrupted || (stopsAtFirst && outcomes.stream().anyMatch(Outcome::isBad))) {
        break;
      }
      Outcome outcome = outcome(each);
      outcomes.add(outcome);
      tell(outcome);
      file.write(summary());
    }
    summary().lines().forEach(out::println);
    out.flush();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return summary();
  }

  private Summary summary() {
    return new Summary(plan.size(), missing, outcomes);
  }

  /** Whatever becomes of one run, the others are worth running. */
  private Outcome outcome(PlannedRun run) {
    Path path = folder.resolve(run.folder());
    long begun = System.nanoTime();
    try {
      RunResult result = runner.run(run.settings(), path, new PrintWriter(Writer.nullWriter()));
      interrupted = Thread.interrupted();
      ReportPage.write(path);
      return Outcome.of(run, result, interrupted, secondsSince(begun));
    } catch (InterruptedException e) {
      interrupted = true;
      return failed(run, path, begun, "interrupted before there was anything to judge");
    } catch (IOException | RuntimeException e) {
      interrupted |= Thread.interrupted();
      return failed(run, path, begun, String.valueOf(e));
    }
  }

  private Outcome failed(PlannedRun run, Path path, long begun, String why) {
    Outcome.Verdict verdict = interrupted ? Outcome.Verdict.INTERRUPTED : Outcome.Verdict.FAILED;
    return Outcome.without(run, path, verdict, secondsSince(begun), why);
  }

  private static double secondsSince(long begun) {
    return (System.nanoTime() - begun) / NANOS;
  }

  private void tell(Outcome outcome) {
    out.println(line(outcome));
    if (outcome.isBad()) {
      outcome.bad().forEach(sentence -> out.println("  " + sentence));
      out.println("  files: " + outcome.folder());
      out.println("  to repeat it: " + outcome.run().settings().command());
    }
    out.flush();
  }

  private String line(Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "%4d/%d  %-11s %-10s %-7s %-15s seed %-10d %6.1f s  answered in faults %s, failover %s",
        outcomes.size(),
        plan.size(),
        outcome.verdict(),
        outcome.run().settings().ground(),
        outcome.run().guarantee(),
        outcome.run().faults(),
        outcome.run().settings().seed(),
        outcome.seconds(),
        Row.text(outcome.figure("availability % during faults"), "%.1f %%"),
        Row.text(outcome.figure("failover ms, median"), "%.0f ms"));
  }
}
