package org.mastership.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.names.NameEndpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "name-server",
    description = "Runs a name server alone, for any number of groups, until it is stopped.",
    mixinStandardHelpOptions = true)
final class NameServerCommand implements Callable<Integer> {
  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      required = true,
      description = "Where to answer; only groups and their clients should reach it.")
  private String address = "";

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the registrations are kept.")
  private Path data = Path.of("");

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "Has the secret, in base 64, with which registrations must be signed.")
  private Optional<Path> keyFile = Optional.empty();

  @Override
  public Integer call() throws Exception {
    NameEndpoint endpoint;
    try {
      endpoint = NameEndpoint.start(Address.parse(address), data, keyFile);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException("--address " + address + ", --data " + data + ": " + e.getMessage(), e);
    }
    LastInLog.before(endpoint::close);
    new CountDownLatch(1).await();
    return ExitCodes.OK;
  }
}
