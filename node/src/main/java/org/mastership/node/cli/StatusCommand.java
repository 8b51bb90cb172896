package org.mastership.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.config.ServerConfiguration.Address;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    description = {
      "Prints a table of the group as each server sees itself.",
      "Exit status 0 when one server is master, 1 when none or several say so."
    },
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long WATCH_MILLIS = 1000;

  @Mixin private GroupOption group = new GroupOption();

  @Option(
      names = {"-w", "--watch"},
      description = "Print it again every second, until interrupted.")
  private boolean watch;

  @Option(names = "--json", description = "Print a JSON list, one object a server.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    List<Address> addresses = group.addresses();
    Optional<ServerConfiguration> configuration = group.configuration();
    try (MastershipClient client = group.connect()) {
      int exit = show(client, addresses, configuration);
      while (watch) {
        Thread.sleep(WATCH_MILLIS);
        exit = show(client, addresses, configuration);
      }
      return exit;
    }
  }

  private int show(
      MastershipClient client, List<Address> addresses, Optional<ServerConfiguration> configuration)
      throws JsonProcessingException {
    ArrayNode servers = GroupStatus.ask(client, addresses);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.writeValueAsString(servers));
    } else {
      StatusTable.lines(servers).forEach(out::println);
      configuration.ifPresent(
          known ->
              PromisedTable.lines(known.protocol(), known.members())
                  .forEach(line -> out.println("promised: " + line)));
    }
    out.flush();
    long masters = 0;
    for (JsonNode server : servers) {
      masters += server.path("isMaster").asBoolean() ? 1 : 0;
    }
    return masters == 1 ? ExitCodes.OK : ExitCodes.NEGATIVE;
  }
}
