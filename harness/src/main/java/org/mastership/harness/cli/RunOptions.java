package org.mastership.harness.cli;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.mastership.core.Guarantee;
import org.mastership.harness.run.FaultKind;
import org.mastership.harness.run.Ground;
import org.mastership.harness.run.RunSettings;
import org.mastership.harness.workload.Kind;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands have in common that run groups under faults. */
final class RunOptions {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Option(names = "--servers", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int servers = 5;

  @Option(
      names = "--workload",
      split = ",",
      paramLabel = "W",
      converter = Named.OfKind.class,
      description = "registers, counter, list-append, or several with commas. Default: all.")
  private Set<Kind> workloads = EnumSet.allOf(Kind.class);

  @Option(
      names = "--faults",
      split = ",",
      paramLabel = "F",
      converter = Named.OfFault.class,
      description =
          "crash, pause, halves, ring, one-way, isolate-master, bridge, delay, jitter, loss,"
              + " full-disk, hand-over, slow-disk, clock-rate. Default: all that the ground"
              + " has and the number of servers allows.")
  private Set<FaultKind> faults = Set.of();

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "How long things go wrong in a run. Default: ${DEFAULT-VALUE}.")
  private int seconds = 60;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of faults and of clients' choices. Default: at random.")
  private long seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);

  @Option(names = "--clients", paramLabel = "C", description = "Default: ${DEFAULT-VALUE}.")
  private int clients = 16;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** The first seed. */
  long seed() {
    return seed;
  }

  /** The faults that were asked for; empty for all. */
  Set<FaultKind> faults() {
    return Set.copyOf(faults);
  }

  /** The faults that a ground has, and that need no more servers than there are. */
  Set<FaultKind> possible(Ground ground) {
    Set<FaultKind> all = ground.can();
    all.removeIf(fault -> fault.leastServers() > servers);
    return all;
  }

  /**
   * A run of these options.
   *
   * @throws ParameterException if there can be no such run; says why
   */
  RunSettings settings(Ground ground, Guarantee guarantee, Set<FaultKind> these, long oneSeed) {
    try {
      return new RunSettings(
          ground,
          servers,
          guarantee,
          workloads,
          these,
          Duration.ofSeconds(seconds),
          oneSeed,
          clients);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** The time, as it stands in the names of folders. */
  static String stamp() {
    return LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);
  }
}
