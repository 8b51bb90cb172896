package org.mastership.node.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.mastership.node.config.ConfigurationException;
import org.mastership.node.config.ConfigurationReader;
import org.mastership.node.config.ServerConfiguration;
import picocli.CommandLine.Option;

/** The options that name a server's configuration. */
final class ConfigurationOption {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The configuration file.")
  private Path file = Path.of("mastership.yaml");

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description = "Which of the servers this is, where the file does not say.")
  private Optional<String> name = Optional.empty();

  ServerConfiguration read() throws ConfigurationException {
    return ConfigurationReader.read(file, name);
  }
}
