package org.mastership.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.mastership.core.Guarantee;
import org.mastership.harness.campaign.Campaign;
import org.mastership.harness.campaign.Plan;
import org.mastership.harness.campaign.PlannedRun;
import org.mastership.harness.containers.Engine;
import org.mastership.harness.run.FaultKind;
import org.mastership.harness.run.Ground;
import org.mastership.node.cli.ExitCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mastership-harness campaign}. */
@Command(
    name = "campaign",
    description = {
      "Runs groups under each fault that a ground has, alone, and under mixtures drawn by seed, on"
          + " several grounds and under both guarantees. Each run has a folder of its own, which"
          + " 'serve' shows, and the summary is written there as campaign.json.",
      "Goes on after a run that is not clean, unless --fail-fast. Ctrl-C ends it at once, with the"
          + " summary of what was run.",
      "Exit status: 0 only if all was run and is clean, 1 if not, 69 if a ground is missing that"
          + " --require asks for."
    },
    mixinStandardHelpOptions = true)
final class CampaignCommand implements Callable<Integer> {
  @Option(
      names = "--grounds",
      split = ",",
      paramLabel = "G",
      converter = Named.OfGround.class,
      description =
          "simulated, embedded, processes, containers, or several with commas. Default: all that"
              + " can run here.")
  private Set<Ground> grounds = EnumSet.allOf(Ground.class);

  @Option(
      names = "--guarantees",
      split = ",",
      paramLabel = "timed|quorum",
      description = "Default: both.")
  private Set<Guarantee> guarantees = EnumSet.allOf(Guarantee.class);

  @Option(names = "--require", description = "A ground that can not run here is a failure.")
  private boolean required;

  @Option(
      names = "--times",
      paramLabel = "K",
      description = "So many rounds of all, with the next seeds. Default: ${DEFAULT-VALUE}.")
  private int times = 1;

  @Option(
      names = "--mixtures",
      paramLabel = "M",
      description =
          "So many in a round, on each ground and for each guarantee. Default: ${DEFAULT-VALUE}.")
  private int mixtures = 3;

  @Option(names = "--fail-fast", description = "The first run that is not clean ends it.")
  private boolean stopsAtFirst;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Each run makes a folder there. Default: runs/campaign- and the time.")
  private Path folder = Path.of("runs", "campaign-" + RunOptions.stamp());

  @Mixin private RunOptions options = new RunOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Function<Ground, Optional<String>> whyMissing;

  CampaignCommand() {
    this(CampaignCommand::whyMissing);
  }

  /**
   * On another machine.
   *
   * @param whyMissing says why a ground can not run there; nothing if it can
   */
  CampaignCommand(Function<Ground, Optional<String>> whyMissing) {
    this.whyMissing = whyMissing;
  }

  private static Optional<String> whyMissing(Ground ground) {
    try {
      return ground != Ground.CONTAINERS || Engine.answers()
          ? Optional.empty()
          : Optional.of("no container engine answers; docker/with-engine starts one");
    } catch (IllegalStateException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Integer call() throws IOException {
    List<PlannedRun> all = plan();
    PrintWriter out = spec.commandLine().getOut();
    Map<Ground, String> missing = new EnumMap<>(Ground.class);
    for (Ground ground : grounds) {
      whyMissing.apply(ground).ifPresent(why -> missing.put(ground, why));
    }
    missing.forEach((ground, why) -> out.println("left out: " + ground + ", " + why));
    List<PlannedRun> plan =
        all.stream().filter(run -> !missing.containsKey(run.settings().ground())).toList();
    if (plan.isEmpty() || (required && !missing.isEmpty())) {
      spec.commandLine()
          .getErr()
          .println("mastership-harness: nothing is run, for what is asked for can not run here");
      return ExitCodes.UNAVAILABLE;
    }
    out.println(
        plan.size() + " runs from seed " + options.seed() + ", each with its folder in " + folder);
    out.flush();
    Interruptible runs = new Interruptible();
    Campaign campaign = new Campaign(plan, missing, folder, stopsAtFirst, out, runs::run);
    return runs.status(() -> campaign.run().isClean());
  }

  /** What can not be run anywhere is refused here, before a ground is asked whether it is there. */
  private List<PlannedRun> plan() {
    Plan.Shape shape =
        new Plan.Shape(
            List.copyOf(EnumSet.copyOf(grounds)),
            List.copyOf(EnumSet.copyOf(guarantees)),
            times,
            mixtures,
            options.seed());
    List<PlannedRun> plan = Plan.of(shape, this::faults, options::settings);
    if (plan.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "there is nothing to run");
    }
    return plan;
  }

  /** Those that were asked for, where the ground has them. */
  private Set<FaultKind> faults(Ground ground) {
    Set<FaultKind> faults = options.possible(ground);
    if (!options.faults().isEmpty()) {
      faults.retainAll(options.faults());
    }
    return faults;
  }
}
