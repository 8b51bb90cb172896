package org.mastership.spec.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code mastership-spec}; each subcommand is a class of its own. */
@Command(
    name = "mastership-spec",
    description = "Checks the specification of the protocol.",
    mixinStandardHelpOptions = true,
    subcommands = {CheckCommand.class, TraceCommand.class})
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
