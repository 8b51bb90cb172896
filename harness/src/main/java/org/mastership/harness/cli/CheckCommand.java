package org.mastership.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.mastership.harness.checker.Bounds;
import org.mastership.harness.checker.KnownModel;
import org.mastership.harness.checker.LinearizabilityChecker;
import org.mastership.harness.checker.MastershipHistory;
import org.mastership.harness.checker.Verdict;
import org.mastership.harness.history.HistoryFormatException;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.history.Operation;
import org.mastership.harness.history.WitnessWriter;
import org.mastership.node.cli.ExitCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mastership-harness check}. */
@Command(
    name = "check",
    description = {
      "Says whether a history is linearizable: whether each operation can have taken effect at one"
          + " instant between its question and its answer.",
      "The file is JSON lines or Jepsen's EDN; docs/histories.md says what is in it.",
      "Exit status: 0 linearizable, 1 not linearizable, 2 unknown, 64 not a history; of several"
          + " files the first of 64, 1, 2 and 0 that one of them has."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final String MASTERSHIP = "mastership";
  private static final int UNKNOWN = 2;
  private static final long MIB = 1 << 20;

  /** Exit statuses, the worst last. */
  private static final List<Integer> SEVERITY =
      List.of(ExitCodes.OK, UNKNOWN, ExitCodes.NEGATIVE, ExitCodes.USAGE);

  /** The names of all models, for the command line. */
  static final class Models implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      List<String> names = new ArrayList<>();
      Stream.of(KnownModel.values()).map(KnownModel::toString).forEach(names::add);
      names.add(MASTERSHIP);
      return names.iterator();
    }
  }

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      completionCandidates = Models.class,
      description = "What was used: ${COMPLETION-CANDIDATES}.")
  private String model = "";

  @Option(
      names = "--witness",
      paramLabel = "FILE",
      description = "Write the order found there, as JSON lines.")
  private Optional<Path> witness = Optional.empty();

  @Option(
      names = "--independent",
      description =
          "Each value is a pair of a key and the value, as in Jepsen's independent tests.")
  private boolean independent;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Say unknown after that long. Default: ${DEFAULT-VALUE}.")
  private int seconds = 60;

  @Option(
      names = "--configurations",
      paramLabel = "C",
      description =
          "Say unknown where more than so many ways to explain the answers must be kept at a time,"
              + " of about 500 bytes each. Default: ${DEFAULT-VALUE}.")
  private int configurations = Bounds.DEFAULT.configurations();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The history, or several.")
  private List<Path> files = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    require(seconds > 0, "--seconds must be 1 or more");
    require(configurations > 0, "--configurations must be 1 or more");
    require(witness.isEmpty() || files.size() == 1, "--witness needs a single FILE");
    int worst = ExitCodes.OK;
    for (Path file : files) {
      require(Files.isReadable(file), file + ": there is no such file, or it may not be read");
      int status = check(file);
      worst = SEVERITY.indexOf(status) > SEVERITY.indexOf(worst) ? status : worst;
    }
    return worst;
  }

  private int check(Path file) throws IOException {
    try {
      return report(file, verdict(file));
    } catch (HistoryFormatException e) {
      spec.commandLine().getErr().println("mastership-harness: " + e.getMessage());
      return ExitCodes.USAGE;
    } catch (OutOfMemoryError e) {
      long mib = Runtime.getRuntime().maxMemory() / MIB;
      return report(
          file,
          new Verdict.Unknown(
              "it takes more memory than the "
                  + mib
                  + " MiB that Java has; MASTERSHIP_JAVA_OPTIONS=-Xmx4g gives it more"));
    }
  }

  private Verdict verdict(Path file) throws IOException {
    HistoryReader reader = independent ? HistoryReader.plain().ofPairs() : HistoryReader.plain();
    if (model.equals(MASTERSHIP)) {
      return MastershipHistory.check(reader, file, witness.isPresent());
    }
    KnownModel known = knownModel();
    Map<String, List<Operation>> operations = reader.checkedBy(known::problem).byKey(file);
    Bounds bounds = new Bounds(Duration.ofSeconds(seconds), configurations);
    return new LinearizabilityChecker(known, bounds).check(operations);
  }

  private KnownModel knownModel() {
    return Stream.of(KnownModel.values())
        .filter(known -> known.toString().equals(model.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--model must be one of "
                        + String.join(", ", new Models())
                        + ", not "
                        + model));
  }

  private int report(Path file, Verdict verdict) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println((files.size() == 1 ? "" : file + ": ") + verdict.text());
    if (verdict instanceof Verdict.NotLinearizable bad) {
      bad.operations().forEach(operation -> out.println("  " + operation.text()));
      out.println((bad.key().isEmpty() ? "" : "key " + bad.key() + ": ") + bad.reason());
    }
    out.flush();
    if (verdict instanceof Verdict.Linearizable good) {
      if (witness.isPresent()) {
        WitnessWriter.write(good.orders(), witness.get());
      }
      return ExitCodes.OK;
    }
    return verdict instanceof Verdict.Unknown ? UNKNOWN : ExitCodes.NEGATIVE;
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
