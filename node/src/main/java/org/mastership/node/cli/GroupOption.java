package org.mastership.node.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ClientTls;
import org.mastership.node.config.ConfigurationException;
import org.mastership.node.config.ConfigurationReader;
import org.mastership.node.config.NameServerSettings;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.config.ServerConfiguration.Member;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name the group to talk to. */
final class GroupOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The group's configuration file.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = {"-s", "--servers"},
      split = ",",
      paramLabel = "HOST:PORT",
      description = "The group's servers, where there is no configuration file.")
  private List<String> servers = List.of();

  @Option(
      names = "--authority",
      paramLabel = "FILE",
      description =
          "Connect by TLS to servers whose certificates these ones sign (PEM), and show none; goes"
              + " before what the configuration file says of TLS.")
  private Optional<Path> authority = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to try, 10 s if not given.",
      defaultValue = "10")
  private double timeoutSeconds;

  /** The configuration, where there is one. */
  Optional<ServerConfiguration> configuration() throws ConfigurationException {
    return file.isPresent()
        ? Optional.of(ConfigurationReader.readAny(file.get(), Optional.empty()))
        : Optional.empty();
  }

  /** The servers' addresses. */
  List<Address> addresses() throws ConfigurationException {
    Optional<ServerConfiguration> configuration = configuration();
    if (configuration.isPresent()) {
      return configuration.get().members().stream().map(Member::address).toList();
    }
    List<Address> addresses = new ArrayList<>();
    for (String server : servers) {
      addresses.add(address(server));
    }
    if (addresses.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "which group? Give --config FILE or --servers HOST:PORT,...");
    }
    return addresses;
  }

  private Address address(String text) {
    try {
      return Address.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--servers: " + e.getMessage(), e);
    }
  }

  /**
   * A client of the group.
   *
   * @throws ConfigurationException if its files can not be used
   */
  MastershipClient connect() throws ConfigurationException {
    ClientConfiguration client = client();
    try {
      return new MastershipClient(client);
    } catch (IllegalArgumentException e) {
      String source = authority.or(() -> file).map(Path::toString).orElse("--servers");
      throw new ConfigurationException(source, List.of(String.valueOf(e.getMessage())));
    }
  }

  private ClientConfiguration client() throws ConfigurationException {
    ClientConfiguration client =
        ClientConfiguration.of(addresses().toArray(Address[]::new)).withDeadline(timeout());
    Optional<ServerConfiguration> configuration = configuration();
    if (configuration.isPresent()) {
      client = client.withGroup(configuration.get().group());
      Optional<NameServerSettings> names = configuration.get().nameServer();
      client = names.isPresent() ? client.withNameServer(names.get()) : client;
    }
    Optional<ClientTls> tls =
        authority
            .map(ClientTls::trusting)
            .or(() -> configuration.flatMap(ServerConfiguration::tls).map(ClientTls::of));
    return tls.isPresent() ? client.withTls(tls.get()) : client;
  }

  Duration timeout() {
    return Duration.ofNanos((long) (timeoutSeconds * 1e9));
  }
}
