package org.mastership.node.server;

import java.io.IOException;
import java.util.Optional;
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

  static Naming start(ServerConfiguration configuration, NameServerSettings settings)
      throws IOException {
    Registrar registrar = new Registrar(NameServers.of(settings, configuration.group()));
    boolean isPart = settings.host().equals(Optional.of(configuration.name()));
    NameEndpoint endpoint =
        isPart
            ? NameEndpoint.start(settings.address(), configuration.data().resolve("names"))
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

  @Override
  public void close() {
    registrar.close();
    if (endpoint != null) {
      endpoint.close();
    }
  }
}
