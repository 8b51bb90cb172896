package org.mastership.harness.simulation;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Guarantee;
import org.mastership.node.cli.ExitCodes;
import org.mastership.node.cli.MastershipCommand;
import org.mastership.node.recording.TransitionText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs simulated groups from seeds. */
@Command(
    name = "simulate",
    description =
        "Runs simulated groups under faults, each from one seed, and checks the promises.",
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer>, MastershipCommand {
  @Option(names = "--seed", description = "The first seed.", defaultValue = "1")
  private long seed;

  @Option(
      names = "--runs",
      description = "How many seeds, one after the other.",
      defaultValue = "1")
  private int runs;

  @Option(names = "--guarantee", description = "timed or quorum.", defaultValue = "quorum")
  private Guarantee guarantee = Guarantee.QUORUM;

  @Option(names = "--servers", description = "How many servers; 0 has the seed decide.")
  private int servers;

  @Option(
      names = "--wide-area",
      description = "Servers in regions far apart that measure their delays.")
  private boolean wideArea;

  @Option(names = "--trace", description = "Print each transition.")
  private boolean trace;

  @Option(
      names = "--faults",
      split = ",",
      paramLabel = "F",
      description = "What goes wrong: ${COMPLETION-CANDIDATES}. Default: the seed decides.")
  private Set<Settings.Fault> faults = Set.of();

  @Option(
      names = "--specification",
      paramLabel = "FILE",
      description = "Write the first seed's transitions for 'mastership-spec trace'.")
  private @Nullable Path specification;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    TransitionText text = TransitionText.lines();
    Simulation.Trace traced =
        trace
            ? (at, local, server, before, input, step) ->
                out.println(text.of(server, at, before, input, step))
            : (at, local, server, before, input, step) -> {};
    if (specification != null) {
      return writeTrace(out, specification);
    }
    long steps = 0;
    long started = System.nanoTime();
    for (long next = seed; next < seed + runs; next++) {
      try {
        steps += Simulation.run(settings(next), traced).steps();
      } catch (Broken e) {
        out.println("broken: " + e.getMessage());
        out.flush();
        return ExitCodes.NEGATIVE;
      }
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    out.printf(
        "%d runs, %d steps, %.0f a second: all promises kept%n", runs, steps, steps / seconds);
    out.flush();
    return ExitCodes.OK;
  }

  private Settings settings(long next) {
    Settings drawn = Settings.ofSeed(next, guarantee, servers);
    Settings chosen = faults.isEmpty() ? drawn : drawn.withFaults(faults);
    return wideArea ? chosen.inWideArea() : chosen;
  }

  private int writeTrace(PrintWriter out, Path file) {
    Settings settings = settings(seed);
    try (SpecificationTrace lines = SpecificationTrace.to(file, settings.group())) {
      long steps = Simulation.run(settings, lines).steps();
      out.printf("%d steps written to %s%n", steps, file);
      out.flush();
      return ExitCodes.OK;
    } catch (IOException | UncheckedIOException e) {
      out.println("the trace can not be written to " + file + ": " + e.getMessage());
      out.flush();
      return ExitCodes.NEGATIVE;
    }
  }
}
