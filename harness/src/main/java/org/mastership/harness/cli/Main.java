package org.mastership.harness.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.mastership.node.cli.ExitCodes;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The {@code mastership-harness} command. */
@Command(
    name = "mastership-harness",
    description = "Groups under faults, and what their histories say.",
    mixinStandardHelpOptions = true,
    version = "mastership-harness 0.1.0",
    subcommands = {
      RunCommand.class,
      CampaignCommand.class,
      ReportCommand.class,
      ServeCommand.class,
      CheckCommand.class,
      ExampleCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::usage)
        .setExecutionExceptionHandler(Main::failure);
  }

  private static int usage(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    command.getErr().println("mastership-harness: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCodes.USAGE;
  }

  private static int failure(Exception e, CommandLine command, ParseResult result) {
    String text =
        e instanceof NoSuchFileException
            ? e.getMessage() + ": there is no such file"
            : e instanceof IOException
                ? e.getMessage()
                : "this should not have happened, please report it: " + e;
    command.getErr().println("mastership-harness: " + text);
    return ExitCodes.FAILED;
  }
}
