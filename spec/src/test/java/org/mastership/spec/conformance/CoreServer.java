package org.mastership.spec.conformance;

import java.util.List;
import org.mastership.core.Epoch;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Log;
import org.mastership.core.Run;
import org.mastership.core.State;
import org.mastership.core.trace.MessageView;
import org.mastership.core.trace.PendingWrite;
import org.mastership.core.trace.ServerView;
import org.mastership.core.trace.Tla;

/**
 * A server of core with its disk.
 *
 * @param state at the standard moment; of a server that is down, the one it will start with
 * @param up whether it runs
 * @param writes what the disk has not acknowledged
 * @param disk what is on it
 * @param view the state as text of the specification
 */
record CoreServer(State state, boolean up, List<PendingWrite> writes, Disk disk, String view) {

  /**
   * What is on stable storage.
   *
   * @param promised whom the server had promised itself to when it last crashed; on no disk, but
   *     what its silence stands for
   */
  record Disk(Epoch epoch, Log log, int promised) {
    static final int NOBODY = -1;
    static final Disk EMPTY = new Disk(Epoch.NONE, Log.EMPTY, NOBODY);

    Disk with(Iterable<PendingWrite> writes) {
      Disk disk = this;
      for (PendingWrite write : writes) {
        disk = disk.with(write);
      }
      return disk;
    }

    private Disk with(PendingWrite write) {
      if (write instanceof PendingWrite.OfEpoch stored) {
        return new Disk(stored.epoch(), log, promised);
      } else if (write instanceof PendingWrite.OfEntries append) {
        Run run = append.run();
        return new Disk(epoch, log.append(run), promised);
      } else {
        return new Disk(epoch, log.cut(((PendingWrite.OfCut) write).after()), promised);
      }
    }

    String text() {
      return Tla.text(
          Tla.fields(
              "epoch",
              MessageView.epoch(epoch),
              "log",
              MessageView.entries(log.runs()),
              "promised",
              (long) promised));
    }
  }

  /** Whom it is bound to; in its silence after a crash, whom it was bound to before. */
  int bound() {
    if (state.promise().untilNanos() <= Moments.NOW) {
      return Disk.NOBODY;
    }
    return state.promise().holder() == 0 ? disk.promised : state.promise().holder();
  }

  static CoreServer of(
      GroupConfiguration group,
      int number,
      State state,
      boolean up,
      List<PendingWrite> writes,
      Disk disk) {
    String view = Tla.text(ServerView.of(group, number, state, Moments.NOW, up, writes));
    return new CoreServer(state, up, List.copyOf(writes), disk, view);
  }
}
