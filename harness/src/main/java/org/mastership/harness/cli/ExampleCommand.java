package org.mastership.harness.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mastership.harness.example.ExampleHistory;
import org.mastership.node.cli.ExitCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mastership-harness example}. */
@Command(
    name = "example",
    description = "Makes a history, to try the check with or to measure it.",
    mixinStandardHelpOptions = true)
final class ExampleCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "register, cas_register, counter, list_append or mastership. Default: register.")
  private ExampleHistory.Kind kind = ExampleHistory.Kind.REGISTER;

  @Option(names = "--operations", description = "How many. Default: ${DEFAULT-VALUE}.")
  private long operations = 1_000;

  @Option(names = "--processes", description = "How many ask. Default: ${DEFAULT-VALUE}.")
  private int processes = 10;

  @Option(names = "--keys", description = "How many objects. Default: ${DEFAULT-VALUE}.")
  private int keys = 1;

  @Option(names = "--lost", description = "Percent of answers. Default: ${DEFAULT-VALUE}.")
  private int lost;

  @Option(
      names = "--values",
      description = "How many different values are written. Default: none twice.")
  private int values;

  @Option(names = "--violation", description = "One answer is wrong.")
  private boolean violation;

  @Option(names = "--seed", description = "Of all choices. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--files",
      description =
          "Make so many, each with the next seed, which stands before its name. Default: one, as"
              + " named.")
  private int files;

  @Parameters(paramLabel = "FILE", description = "Where to write it.")
  private Path file = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    require(operations >= 1, "--operations must be 1 or more");
    require(processes >= 1, "--processes must be 1 or more");
    require(keys >= 1, "--keys must be 1 or more");
    require(values >= 0, "--values must be 0 or more");
    require(lost >= 0 && lost <= 100, "--lost must be 0 to 100");
    if (files == 0) {
      write(seed, file);
    }
    for (long each = seed; each < seed + files; each++) {
      write(each, file.resolveSibling(each + "-" + file.getFileName()));
    }
    return ExitCodes.OK;
  }

  private void write(long eachSeed, Path to) throws IOException {
    ExampleHistory.write(
        new ExampleHistory.Settings(
            kind, operations, processes, keys, lost, values, violation, eachSeed),
        to);
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
