package org.mastership.harness.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.mastership.core.Guarantee;
import org.mastership.node.cli.ExitCodes;
import org.mastership.node.cli.MastershipCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mastership demo}. */
@Command(
    name = "demo",
    description = {
      "Starts a group of server processes on this machine, drives it with clients, kills its master"
          + " again and again, and checks what the clients saw.",
      "Exit status 0 only if the history is linearizable, nothing was lost or executed twice, and"
          + " each new master was the living server of the smallest index."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements MastershipCommand, Callable<Integer> {
  private static final int MOST_SERVERS = 15;
  private static final int MOST_CLIENTS = 256;

  @Option(names = "--servers", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int servers = 5;

  @Option(
      names = "--guarantee",
      paramLabel = "timed|quorum",
      description = "Default: ${DEFAULT-VALUE}.")
  private Guarantee guarantee = Guarantee.QUORUM;

  @Option(
      names = "--kills",
      paramLabel = "K",
      description = "How often the master is killed. Default: ${DEFAULT-VALUE}.")
  private int kills = 5;

  @Option(names = "--clients", paramLabel = "C", description = "Default: ${DEFAULT-VALUE}.")
  private int clients = 16;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of the clients' choices and of the times of the kills. Default: at random.")
  private long seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result there, too, as one JSON object.")
  private Optional<Path> json = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    require(servers >= 2 && servers <= MOST_SERVERS, "--servers must be 2 to " + MOST_SERVERS);
    require(
        guarantee == Guarantee.TIMED || servers >= 3,
        "--guarantee quorum needs 3 servers or more: of 2, none may fail");
    require(kills >= 0, "--kills must be 0 or more");
    require(clients >= 1 && clients <= MOST_CLIENTS, "--clients must be 1 to " + MOST_CLIENTS);
    PrintWriter out = spec.commandLine().getOut();
    Demo.Settings settings = new Demo.Settings(servers, guarantee, kills, clients, seed);
    DemoResult result = new Demo(settings, out).run();
    result.lines().forEach(out::println);
    out.flush();
    if (json.isPresent()) {
      result.writeJson(json.get());
    }
    return result.isClean() ? ExitCodes.OK : ExitCodes.NEGATIVE;
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
