package org.mastership.node.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.mastership.node.config.ConfigurationException;
import org.mastership.node.server.ServerStartException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The {@code mastership} command. */
@Command(
    name = "mastership",
    description = "A fault-tolerant server group.",
    mixinStandardHelpOptions = true,
    version = "mastership 0.1.0",
    subcommands = {
      ServeCommand.class,
      StatusCommand.class,
      ResignCommand.class,
      SnapshotCommand.class,
      KeyValueCommand.Get.class,
      KeyValueCommand.Put.class,
      KeyValueCommand.Delete.class,
      KeyValueCommand.CompareAndSet.class,
      KeyValueCommand.Increment.class,
      KeyValueCommand.Append.class,
      KeyValueCommand.Elements.class,
      KeyValueCommand.Scan.class,
      CheckConfigCommand.class,
      ReplayCommand.class,
      NameServerCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  @Option(
      names = {"-v", "--verbose"},
      scope = CommandLine.ScopeType.INHERIT,
      description = "Say where in the program an error occurred.")
  private boolean verbose;

  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line with the subcommands of all modules. */
  public static CommandLine commandLine() {
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    for (MastershipCommand command : ServiceLoader.load(MastershipCommand.class)) {
      commandLine.addSubcommand(command);
    }
    commandLine.setExecutionStrategy(new CommandLine.RunLast());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(Main::usage);
    commandLine.setExecutionExceptionHandler(main::failure);
    return commandLine;
  }

  private static int usage(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    command.getErr().println("mastership: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCodes.USAGE;
  }

  private int failure(Exception e, CommandLine command, ParseResult result) {
    command.getErr().println("mastership: " + text(e));
    if (verbose) {
      e.printStackTrace(command.getErr());
    }
    return exitCode(e);
  }

  private static @Nullable String text(Exception e) {
    if (e instanceof NoSuchFileException) {
      return e.getMessage() + ": there is no such file";
    }
    boolean expected =
        e instanceof ConfigurationException
            || e instanceof ServerStartException
            || e instanceof IOException;
    return expected
        ? e.getMessage()
        : "this should not have happened, please report it with what --verbose says: " + e;
  }

  private static int exitCode(Exception e) {
    if (e instanceof ConfigurationException) {
      return ExitCodes.CONFIGURATION;
    }
    return e instanceof ServerStartException ? ExitCodes.CANNOT_SERVE : ExitCodes.FAILED;
  }
}
