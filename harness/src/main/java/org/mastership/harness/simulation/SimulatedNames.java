package org.mastership.harness.simulation;

import org.mastership.core.Effect;
import org.mastership.core.Epoch;
import org.mastership.core.Input;
import org.mastership.core.Role;

/**
 * A simulated name server: it keeps the highest epoch that a master has registered. Masters
 * register when they begin, and look again from time to time, as the real registrar does. It is
 * reached through another network than the servers: with delay, now and then not at all, and also
 * by those that do not reach each other.
 */
final class SimulatedNames {
  private static final long MILLI = Settings.MILLI;
  private static final long LOOK_UP_NANOS = 200 * MILLI;
  private static final int ONE_IS_LOST_IN = 10;

  private final Chance chance;
  private final Schedule schedule;
  private Epoch registered = Epoch.NONE;

  SimulatedNames(Chance chance, Schedule schedule) {
    this.chance = chance;
    this.schedule = schedule;
  }

  /** This server registers whenever it is master. */
  void start(SimulatedServer server) {
    schedule.after(
        chance.between(1, LOOK_UP_NANOS),
        () -> {
          server.whenAwake(() -> register(server));
          start(server);
        });
  }

  void reported(SimulatedServer server, Effect.Report report) {
    if (report.change() == Effect.Change.GAINED) {
      register(server);
    }
  }

  private void register(SimulatedServer server) {
    if (server.state().role() != Role.MASTER || chance.oneIn(ONE_IS_LOST_IN)) {
      return;
    }
    Epoch epoch = server.state().mastership().epoch();
    schedule.after(delayNanos(), () -> answer(server, epoch));
  }

  /** A lower epoch replaces nothing; who gave it is told what is registered. */
  private void answer(SimulatedServer server, Epoch epoch) {
    registered = Epoch.max(registered, epoch);
    Epoch found = registered;
    schedule.after(
        delayNanos(), () -> server.whenAwake(() -> server.input(new Input.Registered(found))));
  }

  private long delayNanos() {
    return chance.between(MILLI / 10, 20 * MILLI);
  }
}
