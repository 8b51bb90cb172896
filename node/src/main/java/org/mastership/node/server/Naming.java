package org.mastership.node.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Epoch;
import org.mastership.node.config.NameServerSettings;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.names.NameEndpoint;
import org.mastership.node.names.NameServers;
import org.mastership.node.names.Registrar;
import org.mastership.node.names.Registration;

/** Registers this server's masterships, and runs the embedded name server where it is its part. */
final class Naming implements MastershipListener, AutoCloseable {
  private final ServerConfiguration configuration;
  private final Registrar registrar;
  private final @Nullable NameEndpoint endpoint;

  private Naming(
      ServerConfiguration configuration, Registrar registrar, @Nullable NameEndpoint endpoint) {
    this.configuration = configuration;
    this.registrar = registrar;
    this.endpoint = endpoint;
  }

  /** Starts; {@code higher} is told of epochs above this master's that are found registered. */
  static Naming start(
      ServerConfiguration configuration, NameServerSettings settings, Consumer<Epoch> higher)
      throws IOException {
    Registrar registrar = new Registrar(NameServers.of(settings, configuration.group()), higher);
    boolean isPart = settings.host().equals(Optional.of(configuration.name()));
    NameEndpoint endpoint =
        isPart
            ? NameEndpoint.start(
                settings.address(),
                configuration.data().resolve("names"),
                settings.key().map(NameServerSettings.SigningKey::file))
            : null;
    return new Naming(configuration, registrar, endpoint);
  }

  @Override
  public void onChange(MastershipEvent event) {
    switch (event.kind()) {
      case GAINED ->
          registrar.gained(
              new Registration(
                  Epoch.ofToken(event.epoch()),
                  configuration.name(),
                  configuration.self().address()));
      case LOST -> registrar.lost();
      case UNSURE, SURE, FOLLOWING, SUSPECTED -> {}
    }
  }

  /** What the name server says, for the status; any thread. */
  void describe(ObjectNode root) {
    Registrar.State state = registrar.state();
    ObjectNode node = root.putObject("nameServer");
    state.found().ifPresent(found -> node.put("epoch", found.epoch().toString()));
    state.found().ifPresent(found -> node.put("master", found.master()));
    node.put("problem", state.problem());
  }

  @Override
  public void close() {
    registrar.close();
    if (endpoint != null) {
      endpoint.close();
    }
  }
}
