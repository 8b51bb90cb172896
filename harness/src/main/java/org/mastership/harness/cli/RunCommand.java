package org.mastership.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.mastership.core.Guarantee;
import org.mastership.harness.report.ReportPage;
import org.mastership.harness.run.FaultKind;
import org.mastership.harness.run.Ground;
import org.mastership.harness.run.Run;
import org.mastership.harness.run.RunResult;
import org.mastership.harness.run.RunSettings;
import org.mastership.harness.workload.Kind;
import org.mastership.node.cli.ExitCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code mastership-harness run}. */
@Command(
    name = "run",
    description = {
      "Runs a group of servers under load and faults, then says whether what clients were"
          + " told, and what servers said of their mastership, keeps the promises.",
      "Exit status: 0 if all that was run is clean, 1 if not."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private static final int MOST_SECONDS_TO_END = 30;

  @Option(names = "--ground", description = "${COMPLETION-CANDIDATES}. Default: processes.")
  private Ground ground = Ground.PROCESSES;

  @Option(names = "--servers", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int servers = 5;

  @Option(
      names = "--guarantee",
      paramLabel = "timed|quorum",
      description = "Default: ${DEFAULT-VALUE}.")
  private Guarantee guarantee = Guarantee.QUORUM;

  @Option(
      names = "--workload",
      split = ",",
      paramLabel = "W",
      converter = KindOf.class,
      description = "registers, counter, list-append, or several with commas. Default: all.")
  private Set<Kind> workloads = EnumSet.allOf(Kind.class);

  @Option(
      names = "--faults",
      split = ",",
      paramLabel = "F",
      converter = FaultOf.class,
      description =
          "crash, pause, halves, ring, one-way, isolate-master, bridge, delay, jitter, loss,"
              + " full-disk, hand-over, slow-disk, clock-rate; what a ground does not have is"
              + " refused. Default: all that the ground"
              + " has and the number of servers allows.")
  private Set<FaultKind> faults = Set.of();

  @Option(names = "--no-faults", description = "Nothing goes wrong.")
  private boolean noFaults;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "How long things go wrong. Default: ${DEFAULT-VALUE}.")
  private int seconds = 60;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of faults and of clients' choices. Default: at random.")
  private long seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);

  @Option(
      names = "--times",
      paramLabel = "K",
      description = "So many runs, with the next seeds. Default: ${DEFAULT-VALUE}.")
  private int times = 1;

  @Option(names = "--clients", paramLabel = "C", description = "Default: ${DEFAULT-VALUE}.")
  private int clients = 16;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Each run makes a folder there. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("runs");

  @Spec private CommandSpec spec = CommandSpec.create();

  /** By the names that are printed. */
  private static <E extends Enum<E>> E named(Class<E> type, String text) {
    for (E each : type.getEnumConstants()) {
      if (each.toString().equals(text.toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    Set<String> known = new TreeSet<>();
    EnumSet.allOf(type).forEach(each -> known.add(each.toString()));
    throw new TypeConversionException("'" + text + "' is none of " + String.join(", ", known));
  }

  static final class FaultOf implements ITypeConverter<FaultKind> {
    @Override
    public FaultKind convert(String text) {
      return named(FaultKind.class, text);
    }
  }

  static final class KindOf implements ITypeConverter<Kind> {
    @Override
    public Kind convert(String text) {
      return named(Kind.class, text);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Thread runs = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> interrupt(runs, ended), "interrupt-run");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      boolean clean = runAll();
      if (!Thread.interrupted()) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
      return clean ? ExitCodes.OK : ExitCodes.NEGATIVE;
    } finally {
      ended.countDown();
    }
  }

  /** This process is told to end: the run says first what it has found. */
  private static void interrupt(Thread runs, CountDownLatch ended) {
    runs.interrupt();
    try {
      if (!ended.await(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
        System.err.println("mastership-harness: the run does not end, its verdict is missing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean runAll() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    boolean clean = true;
    for (int i = 0; i < times && !Thread.currentThread().isInterrupted(); i++) {
      RunSettings settings = settings(seed + i);
      Path path =
          folder.resolve(
              LocalDateTime.now(ZoneId.systemDefault()).format(STAMP)
                  + "-"
                  + settings.ground()
                  + "-"
                  + settings.seed());
      out.println("seed " + settings.seed() + ", faults " + settings.faults() + ", in " + path);
      out.flush();
      RunResult result = Run.run(settings, path, out);
      result.lines().forEach(out::println);
      out.println("as a page: " + ReportPage.write(path));
      out.flush();
      clean &= result.isClean();
    }
    return clean;
  }

  private RunSettings settings(long oneSeed) {
    try {
      return new RunSettings(
          ground,
          servers,
          guarantee,
          workloads,
          faults(),
          Duration.ofSeconds(seconds),
          oneSeed,
          clients);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Set<FaultKind> faults() {
    if (!faults.isEmpty() || noFaults) {
      return faults;
    }
    Set<FaultKind> all = ground.can();
    all.removeIf(fault -> fault.leastServers() > servers);
    return all;
  }
}
