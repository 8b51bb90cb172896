package org.mastership.node.cli;

import java.io.IOException;
import java.util.ServiceLoader;
import org.mastership.node.config.ConfigurationException;
import org.mastership.node.server.ServerStartException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
      CommandLine.HelpCommand.class
    })
public final class Main {
  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line with the subcommands of all modules. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    for (MastershipCommand command : ServiceLoader.load(MastershipCommand.class)) {
      commandLine.addSubcommand(command);
    }
    commandLine.setExecutionStrategy(new CommandLine.RunLast());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(Main::usage);
    commandLine.setExecutionExceptionHandler(Main::failure);
    return commandLine;
  }

  private static int usage(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    command.getErr().println("mastership: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCodes.USAGE;
  }

  private static int failure(Exception e, CommandLine command, ParseResult result) {
    if (e instanceof ConfigurationException) {
      command.getErr().println("mastership: " + e.getMessage());
      return ExitCodes.CONFIGURATION;
    }
    if (e instanceof ServerStartException) {
      command.getErr().println("mastership: " + e.getMessage());
      return ExitCodes.CANNOT_SERVE;
    }
    if (e instanceof IOException) {
      command.getErr().println("mastership: " + e.getMessage());
      return ExitCodes.FAILED;
    }
    command.getErr().println("mastership: this should not have happened, please report it:");
    e.printStackTrace(command.getErr());
    return ExitCodes.FAILED;
  }
}
