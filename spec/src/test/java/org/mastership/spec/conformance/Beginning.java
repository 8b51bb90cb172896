package org.mastership.spec.conformance;

import java.util.ArrayList;
import java.util.List;
import org.mastership.core.Epoch;
import org.mastership.core.Input;
import org.mastership.core.Log;
import org.mastership.core.Run;
import org.mastership.core.State;

/** The states of core's group from which a comparison begins: those of module Group. */
final class Beginning {
  private Beginning() {}

  private static final int SERVERS = 3;
  private static final CoreServer.Disk EMPTY = CoreServer.Disk.EMPTY;

  static CoreGroup of(Bounds bounds) {
    CoreSteps steps = new CoreSteps(bounds.group());
    boolean differ = bounds.begin().startsWith("LogsDiffer");
    boolean lastIsDown = bounds.begin().endsWith("LastIsDown");
    CoreGroup group =
        steps.initial(
            differ ? logsDiffer() : List.of(EMPTY, EMPTY, EMPTY), lastIsDown, bounds.left());
    return bounds.begin().equals("Init") ? group : allWait(steps, group);
  }

  /** Three masters have failed, each before anybody else had its first entry. */
  private static List<CoreServer.Disk> logsDiffer() {
    List<CoreServer.Disk> disks = new ArrayList<>();
    for (int number = 1; number <= SERVERS; number++) {
      Log log = Log.of(List.of(new Run(new Epoch(number, number), 1, 1)));
      disks.add(new CoreServer.Disk(new Epoch(SERVERS, SERVERS), log, CoreServer.Disk.NOBODY));
    }
    return disks;
  }

  /** All have listened, found no master, and are free to grant. */
  private static CoreGroup allWait(CoreSteps steps, CoreGroup group) {
    CoreGroup waiting = group;
    for (int number = 1; number <= group.servers().size(); number++) {
      if (!group.server(number).up()) {
        continue;
      }
      State due = steps.moments().due(waiting.server(number).state(), "election");
      waiting = steps.step(waiting, number, due, new Input.Tick());
      State free = steps.moments().promiseEnded(waiting.server(number).state());
      waiting = steps.changed(waiting, number, free);
    }
    return waiting;
  }
}
