package org.mastership.harness.simulation;

import org.mastership.core.Guarantee;
import org.mastership.core.Role;

/**
 * Promise 2 of QUORUM: at most one server at any instant of virtual time says that it is master,
 * asleep or awake. Nobody becomes master but by a step of its own, and each step is followed by
 * this check, so the instants between two steps need no look. Under TIMED it holds only in a run
 * that keeps what TIMED assumes.
 */
final class MastershipCheck {
  private final boolean quorum;
  private final boolean applies;

  MastershipCheck(Settings settings) {
    this.quorum = settings.guarantee() == Guarantee.QUORUM;
    this.applies = quorum || settings.keepsTimingAssumptions();
  }

  /**
   * After each step.
   *
   * @param settled whether no server has started lately: under TIMED servers that start at
   *     different times may both declare, which their comparison then ends
   */
  void stepped(SimulatedServer server, Iterable<SimulatedServer> all, boolean settled) {
    if (!applies || !(quorum || settled) || !isMaster(server)) {
      return;
    }
    for (SimulatedServer other : all) {
      if (other != server && isMaster(other)) {
        throw new Broken("both are master: " + named(server) + " and " + named(other));
      }
    }
  }

  private static String named(SimulatedServer server) {
    return "server " + server.number() + " in " + server.state().mastership().epoch();
  }

  private boolean isMaster(SimulatedServer server) {
    return quorum ? server.isMaster() : server.isUp() && server.state().role() == Role.MASTER;
  }
}
