package org.mastership.node.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mastership.core.Expectations;
import org.mastership.node.config.ConfigurationReader;
import org.mastership.node.config.ServerConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check-config",
    description = "Checks a configuration file and prints what it promises.",
    mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The configuration file.")
  private Path file = Path.of("mastership.yaml");

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description =
          "Which of the servers, where the file does not say; any of them promises the same.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object; times are in nanoseconds.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    ServerConfiguration server = ConfigurationReader.readAny(file, name);
    if (json) {
      ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      spec.commandLine()
          .getOut()
          .println(mapper.writeValueAsString(Expectations.of(server.protocol())));
      return ExitCodes.OK;
    }
    spec.commandLine().getOut().println(file + " is sound: group " + server.group());
    for (String line : PromisedTable.lines(server.protocol(), server.members())) {
      spec.commandLine().getOut().println("  " + line);
    }
    return ExitCodes.OK;
  }
}
