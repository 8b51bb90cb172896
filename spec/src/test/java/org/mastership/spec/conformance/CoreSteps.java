package org.mastership.spec.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mastership.core.Effect;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Input;
import org.mastership.core.Protocol;
import org.mastership.core.Recovered;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.core.trace.PendingWrite;

/** Steps of single servers of core within a group. */
final class CoreSteps {
  private final GroupConfiguration group;
  private final Moments moments;

  CoreSteps(GroupConfiguration group) {
    this.group = group;
    this.moments = new Moments(group);
  }

  Moments moments() {
    return moments;
  }

  GroupConfiguration group() {
    return group;
  }

  /** A group in which all start at once, connected to each other, and have lost what they asked. */
  CoreGroup initial(List<CoreServer.Disk> disks, boolean lastIsDown, Map<String, Integer> left) {
    int running = group.size() - (lastIsDown ? 1 : 0);
    List<CoreServer> servers = new ArrayList<>();
    for (int number = 1; number <= group.size(); number++) {
      CoreServer.Disk disk = disks.get(number - 1);
      State state = protocol(number).start(recovered(disk, 1), Moments.NOW);
      for (int peer = 1; peer <= running; peer++) {
        if (peer != number && number <= running) {
          state = protocol(number).step(state, new Input.Connected(peer), Moments.NOW).state();
        }
      }
      boolean up = number <= running;
      servers.add(CoreServer.of(group, number, moments.settled(state), up, List.of(), disk));
    }
    return new CoreGroup(servers, new TreeMap<>(), new TreeMap<>(left));
  }

  /** What an input does to a server that is in a given state, and to the messages under way. */
  CoreGroup step(CoreGroup before, int number, State given, Input input) {
    CoreServer server = before.server(number);
    Step step = protocol(number).step(given, input, Moments.NOW);
    Map<String, Sent> net = new TreeMap<>(before.net());
    List<PendingWrite> writes = new ArrayList<>(server.writes());
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        Sent sent = new Sent(number, send.to(), Moments.withoutTime(send.message()));
        net.put(sent.text(), sent);
      } else if (effect instanceof Effect.StoreEpoch store) {
        writes.add(new PendingWrite.OfEpoch(store.ticket(), store.epoch()));
      } else if (effect instanceof Effect.Append append) {
        writes.add(new PendingWrite.OfEntries(append.ticket(), append.run()));
      } else if (effect instanceof Effect.Cut cut) {
        writes.add(new PendingWrite.OfCut(cut.ticket(), cut.after()));
      }
    }
    CoreServer.Disk disk = server.disk();
    if (input instanceof Input.Persisted persisted) {
      int stable = (int) persisted.ticket();
      disk = disk.with(writes.subList(0, stable));
      writes = renumbered(writes.subList(stable, writes.size()), stable);
    }
    State after = moments.settled(step.state());
    return before.with(number, CoreServer.of(group, number, after, true, writes, disk), net);
  }

  private static List<PendingWrite> renumbered(List<PendingWrite> writes, int stable) {
    List<PendingWrite> renumbered = new ArrayList<>();
    for (PendingWrite write : writes) {
      long ticket = write.ticket() - stable;
      if (write instanceof PendingWrite.OfEpoch stored) {
        renumbered.add(new PendingWrite.OfEpoch(ticket, stored.epoch()));
      } else if (write instanceof PendingWrite.OfEntries append) {
        renumbered.add(new PendingWrite.OfEntries(ticket, append.run()));
      } else {
        renumbered.add(new PendingWrite.OfCut(ticket, ((PendingWrite.OfCut) write).after()));
      }
    }
    return renumbered;
  }

  /** Something that happens to a server without an input. */
  CoreGroup changed(CoreGroup before, int number, State state) {
    CoreServer server = before.server(number);
    return before.with(
        number,
        CoreServer.of(group, number, state, server.up(), server.writes(), server.disk()),
        before.net());
  }

  /** A server crashes; of what was not acknowledged the first writes are on the disk. */
  CoreGroup crashed(CoreGroup before, int number, int written) {
    CoreServer server = before.server(number);
    CoreServer.Disk stored = server.disk().with(server.writes().subList(0, written));
    CoreServer.Disk disk = new CoreServer.Disk(stored.epoch(), stored.log(), server.bound());
    State next =
        protocol(number).start(recovered(disk, server.state().incarnation() + 1), Moments.NOW);
    CoreServer down = CoreServer.of(group, number, moments.settled(next), false, List.of(), disk);
    return before.with(number, down, before.net()).spending("crashes");
  }

  CoreGroup started(CoreGroup before, int number) {
    CoreServer server = before.server(number);
    return before.with(
        number,
        CoreServer.of(group, number, server.state(), true, List.of(), server.disk()),
        before.net());
  }

  private static Recovered recovered(CoreServer.Disk disk, long incarnation) {
    return new Recovered(disk.epoch(), disk.log(), incarnation);
  }

  private Protocol protocol(int number) {
    return new Protocol(group, number);
  }
}
