package org.mastership.harness.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.mastership.harness.fencing.FencedLedger;

/**
 * Servers write to a resource outside while they believe themselves master, as real ones do: each
 * looks at its fencing token, prepares for a while, then writes with that token. A pause in between
 * makes a late write.
 */
final class FencedWriters {
  private static final long PAUSE_NANOS = 2 * Settings.MILLI;
  private static final long PREPARING_NANOS = 8 * Settings.MILLI;

  private final Schedule schedule;
  private final ServiceDesk.Wire wire;
  private final FencedLedger resource;

  FencedWriters(Schedule schedule, ServiceDesk.Wire wire, FencedLedger resource) {
    this.schedule = schedule;
    this.wire = wire;
    this.resource = resource;
  }

  void start(List<SimulatedServer> servers) {
    servers.forEach(this::writeAgainAndAgain);
  }

  private void writeAgainAndAgain(SimulatedServer server) {
    schedule.after(
        PAUSE_NANOS + PREPARING_NANOS,
        () -> {
          if (!server.isPaused() && server.isMaster()) {
            prepare(server, server.state().mastership().epoch().token());
          }
          writeAgainAndAgain(server);
        });
  }

  private void prepare(SimulatedServer server, long token) {
    schedule.after(
        PREPARING_NANOS,
        () -> server.whenAwake(() -> wire.later(() -> write(server.number(), token))));
  }

  private void write(int server, long token) {
    try {
      resource.write(server, token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
