package org.mastership.harness.benchmark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.mastership.core.DelayFormula;
import org.mastership.core.DelayTable;
import org.mastership.core.Effect;
import org.mastership.core.ElectionDelay;
import org.mastership.core.Epoch;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.Input;
import org.mastership.core.Log;
import org.mastership.core.Message;
import org.mastership.core.Protocol;
import org.mastership.core.Recovered;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.core.Timing;

/**
 * A group in which messages, storage and service take no time, brought to where its master serves.
 */
final class ServingGroup {
  private static final long MILLI = 1_000_000;
  private static final int SETTLING_INQUIRIES = 200;

  private final List<Protocol> protocols = new ArrayList<>();
  private final List<State> states = new ArrayList<>();
  private final Queue<Pending> pending = new ArrayDeque<>();
  private long now = 1;

  /** Something that is about to happen to a server. */
  private record Pending(int server, Input input) {}

  ServingGroup(int size) {
    GroupConfiguration group = configuration(size);
    for (int number = 1; number <= size; number++) {
      Protocol protocol = new Protocol(group, number);
      protocols.add(protocol);
      states.add(protocol.start(new Recovered(Epoch.NONE, Log.EMPTY, 1), now));
    }
    for (int number = 1; number <= size; number++) {
      for (int peer = 1; peer <= size; peer++) {
        if (peer != number) {
          pending.add(new Pending(number, new Input.Connected(peer)));
        }
      }
    }
    for (int i = 0; i < SETTLING_INQUIRIES; i++) {
      settle();
      tickNext();
    }
    settle();
  }

  private static GroupConfiguration configuration(int size) {
    return new GroupConfiguration(
        Guarantee.QUORUM,
        IntStream.rangeClosed(1, size).boxed().toList(),
        new Timing(25 * MILLI, 90 * MILLI, 105 * MILLI, 500),
        new ElectionDelay(
            DelayFormula.TIGHT, 10 * MILLI, 35 * MILLI, DelayTable.uniform(size, 10 * MILLI)),
        new GroupConfiguration.Limits(256, 4096));
  }

  Protocol protocol(int number) {
    return protocols.get(number - 1);
  }

  State state(int number) {
    return states.get(number - 1);
  }

  long now() {
    return now;
  }

  /** The first message of a kind that a server's step sends. */
  static <M extends Message> M sent(Step step, Class<M> kind) {
    return step.effects().stream()
        .filter(Effect.Send.class::isInstance)
        .map(effect -> ((Effect.Send) effect).message())
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow();
  }

  /** Lets time pass to the next deadline of all. */
  private void tickNext() {
    int next = 1;
    for (int number = 2; number <= protocols.size(); number++) {
      if (deadline(number) < deadline(next)) {
        next = number;
      }
    }
    now = Math.max(now, deadline(next));
    pending.add(new Pending(next, new Input.Tick()));
  }

  private long deadline(int number) {
    return protocol(number).deadline(state(number)).atNanos();
  }

  private void settle() {
    for (Pending next = pending.poll(); next != null; next = pending.poll()) {
      Step step = protocol(next.server).step(state(next.server), next.input, now);
      states.set(next.server - 1, step.state());
      for (Effect effect : step.effects()) {
        carryOut(next.server, effect);
      }
    }
  }

  private void carryOut(int server, Effect effect) {
    if (effect instanceof Effect.Send send) {
      pending.add(new Pending(send.to(), new Input.Received(server, send.message())));
    } else if (effect instanceof Effect.StoreEpoch store) {
      pending.add(new Pending(server, new Input.Persisted(store.ticket())));
    } else if (effect instanceof Effect.Append append) {
      pending.add(new Pending(server, new Input.Persisted(append.ticket())));
    } else if (effect instanceof Effect.Execute execute) {
      pending.add(new Pending(server, new Input.Executed(execute.sequence(), 0)));
    }
  }
}
