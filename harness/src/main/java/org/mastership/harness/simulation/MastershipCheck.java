package org.mastership.harness.simulation;

import org.mastership.core.Effect;
import org.mastership.core.Epoch;
import org.mastership.core.Guarantee;
import org.mastership.core.Role;

/**
 * One master at any instant, and epochs that only grow. Under TIMED it is checked only where the
 * run keeps what TIMED assumes.
 */
final class MastershipCheck {
  private final boolean quorum;
  private final boolean applies;
  private Epoch gained = Epoch.NONE;
  private long tenures;

  MastershipCheck(Settings settings) {
    this.quorum = settings.guarantee() == Guarantee.QUORUM;
    this.applies = quorum || settings.keepsTimingAssumptions();
  }

  long tenures() {
    return tenures;
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
    Epoch epoch = server.state().mastership().epoch();
    if (quorum && gained.isAbove(epoch)) {
      throw new Broken(
          "server "
              + server.number()
              + " is master in "
              + epoch
              + " after "
              + gained
              + " was gained");
    }
    for (SimulatedServer other : all) {
      if (other != server && isMaster(other)) {
        throw new Broken(
            "servers "
                + server.number()
                + " (epoch "
                + epoch
                + ") and "
                + other.number()
                + " (epoch "
                + other.state().mastership().epoch()
                + ") are both master");
      }
    }
  }

  private boolean isMaster(SimulatedServer server) {
    return quorum ? server.isMaster() : server.isUp() && server.state().role() == Role.MASTER;
  }

  void report(SimulatedServer server, Effect.Report report) {
    if (report.change() != Effect.Change.GAINED) {
      return;
    }
    tenures++;
    Epoch epoch = report.mastership().epoch();
    if (quorum && !epoch.isAbove(gained)) {
      throw new Broken(
          "server " + server.number() + " gained " + epoch + " after " + gained + " was gained");
    }
    gained = Epoch.max(gained, epoch);
  }

  /** What is answered is answered under the highest epoch that was gained. */
  void answered(SimulatedServer server) {
    Epoch epoch = server.state().mastership().epoch();
    if (quorum && gained.isAbove(epoch)) {
      throw new Broken(
          "server "
              + server.number()
              + " answers in "
              + epoch
              + " after "
              + gained
              + " was gained");
    }
  }
}
