package org.mastership.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.mastership.core.Guarantee;
import org.mastership.harness.report.ReportPage;
import org.mastership.harness.run.FaultKind;
import org.mastership.harness.run.Ground;
import org.mastership.harness.run.RunResult;
import org.mastership.harness.run.RunSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mastership-harness run}. */
@Command(
    name = "run",
    description = {
      "Runs a group of servers under load and faults, then says whether what clients were"
          + " told, and what servers said of their mastership, keeps the promises.",
      "A fault that the ground does not have is refused.",
      "Exit status: 0 if all that was run is clean, 1 if not."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--ground",
      converter = Named.OfGround.class,
      description = "${COMPLETION-CANDIDATES}. Default: processes.")
  private Ground ground = Ground.PROCESSES;

  @Option(
      names = "--guarantee",
      paramLabel = "timed|quorum",
      description = "Default: ${DEFAULT-VALUE}.")
  private Guarantee guarantee = Guarantee.QUORUM;

  @Option(names = "--no-faults", description = "Nothing goes wrong.")
  private boolean noFaults;

  @Option(
      names = "--times",
      paramLabel = "K",
      description = "So many runs, with the next seeds. Default: ${DEFAULT-VALUE}.")
  private int times = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Each run makes a folder there. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("runs");

  @Mixin private RunOptions options = new RunOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Interruptible runs = new Interruptible();
    return runs.status(() -> runAll(runs));
  }

  private boolean runAll(Interruptible runs) throws IOException, InterruptedException {
    requireSense();
    PrintWriter out = spec.commandLine().getOut();
    boolean clean = true;
    boolean interrupted = false;
    for (int i = 0; i < times && !interrupted; i++) {
      RunSettings settings = settings(options.seed() + i);
      Path path =
          folder.resolve(RunOptions.stamp() + "-" + settings.ground() + "-" + settings.seed());
      out.println("seed " + settings.seed() + ", faults " + settings.faults() + ", in " + path);
      out.flush();
      RunResult result = runs.run(settings, path, out);
      interrupted = Thread.interrupted();
      result.lines().forEach(out::println);
      out.println("as a page: " + ReportPage.write(path));
      out.flush();
      clean &= result.isClean();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return clean;
  }

  private void requireSense() {
    if (times < 1) {
      throw new ParameterException(
          spec.commandLine(), "--times is how many runs there are to be, 1 or more, not " + times);
    }
    if (noFaults && !options.faults().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--no-faults and --faults contradict each other; leave one out");
    }
  }

  /** Those of the run with a seed. */
  RunSettings settings(long seed) {
    Set<FaultKind> faults = options.faults();
    boolean all = faults.isEmpty() && !noFaults;
    return options.settings(ground, guarantee, all ? options.possible(ground) : faults, seed);
  }
}
