package org.mastership.harness.simulation;

import java.util.Arrays;
import org.mastership.core.Effect;
import org.mastership.core.Epoch;
import org.mastership.core.Guarantee;
import org.mastership.core.Step;

/**
 * Promise 1 of QUORUM, epochs only grow: once the disks of a majority hold an epoch, no server is
 * master, answers or gains a mastership under a lower one.
 */
final class EpochCheck {
  private final boolean quorum;
  private final Epoch[] stored;
  private Epoch granted = Epoch.NONE;
  private Epoch gained = Epoch.NONE;
  private long tenures;

  EpochCheck(Settings settings) {
    this.quorum = settings.guarantee() == Guarantee.QUORUM;
    this.stored = new Epoch[settings.servers()];
    Arrays.fill(stored, Epoch.NONE);
  }

  /** A server's disk has come to hold an epoch. */
  void stored(int server, Epoch epoch, Iterable<SimulatedServer> all) {
    if (stored[server - 1].isAbove(epoch)) {
      throw new Broken(
          "the disk of server "
              + server
              + " goes back from "
              + stored[server - 1]
              + " to "
              + epoch);
    }
    stored[server - 1] = epoch;
    Epoch[] sorted = stored.clone();
    Arrays.sort(sorted);
    Epoch byMajority = sorted[(sorted.length - 1) / 2];
    if (!quorum || !byMajority.isAbove(granted)) {
      return;
    }
    granted = byMajority;
    for (SimulatedServer other : all) {
      if (other.isMaster()) {
        requireNotBelow(granted, other, "is master");
      }
    }
  }

  /** How many masterships were gained. */
  long tenures() {
    return tenures;
  }

  void stepped(SimulatedServer server, Step step) {
    if (quorum && server.isMaster()) {
      requireNotBelow(granted, server, "is master");
      requireNotBelow(gained, server, "is master");
    }
    for (Effect effect : step.effects()) {
      if (quorum && (effect instanceof Effect.Answer || effect instanceof Effect.AnswerReads)) {
        requireNotBelow(granted, server, "answers");
        requireNotBelow(gained, server, "answers");
      } else if (effect instanceof Effect.Report report
          && report.change() == Effect.Change.GAINED) {
        gained(server, report.mastership().epoch());
      }
    }
  }

  private void gained(SimulatedServer server, Epoch epoch) {
    tenures++;
    if (quorum && !epoch.isAbove(gained)) {
      throw new Broken(
          "server " + server.number() + " gained " + epoch + " after " + gained + " was gained");
    }
    gained = Epoch.max(gained, epoch);
  }

  private static void requireNotBelow(Epoch bound, SimulatedServer server, String what) {
    Epoch epoch = server.state().mastership().epoch();
    if (bound.isAbove(epoch)) {
      throw new Broken(
          "server "
              + server.number()
              + " "
              + what
              + " in "
              + epoch
              + " after a majority has "
              + bound);
    }
  }
}
