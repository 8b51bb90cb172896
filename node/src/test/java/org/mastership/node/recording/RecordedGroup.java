package org.mastership.node.recording;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.mastership.core.Effect;
import org.mastership.core.Epoch;
import org.mastership.core.Input;
import org.mastership.core.Log;
import org.mastership.core.Protocol;
import org.mastership.core.Recovered;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.node.config.ServerConfiguration;

/** Three servers in one thread whose messages and writes take no time; each is recorded. */
final class RecordedGroup {
  private static final long START_NANOS = 1_000_000_000;

  private record Waiting(int number, Input input) {}

  private final List<Protocol> protocols = new ArrayList<>();
  private final List<State> states = new ArrayList<>();
  private final List<Recorder> recorders;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private long now = START_NANOS;

  /** The states of each server after each of its inputs. */
  final List<List<State>> after = new ArrayList<>();

  RecordedGroup(List<ServerConfiguration> servers, List<Recorder> recorders) {
    this.recorders = recorders;
    for (int number = 1; number <= servers.size(); number++) {
      Protocol protocol = new Protocol(servers.get(number - 1).protocol(), number);
      protocols.add(protocol);
      states.add(protocol.start(new Recovered(Epoch.NONE, Log.EMPTY, 1), now));
      after.add(new ArrayList<>());
    }
    for (int number = 1; number <= servers.size(); number++) {
      for (int peer = 1; peer <= servers.size(); peer++) {
        if (peer != number) {
          waiting.add(new Waiting(number, new Input.Connected(peer)));
        }
      }
    }
  }

  /** Runs as many inputs; whoever may, admits requests. */
  void run(int inputs) {
    for (int i = 0; i < inputs; i++) {
      if (waiting.isEmpty()) {
        passTime();
      }
      Waiting next = waiting.remove();
      step(next.number(), next.input());
    }
  }

  private void passTime() {
    int first = 1;
    for (int number = 2; number <= states.size(); number++) {
      if (deadline(number) < deadline(first)) {
        first = number;
      }
    }
    now = Math.max(now, deadline(first));
    waiting.add(new Waiting(first, new Input.Tick()));
    if (state(first).admitsRequests()) {
      waiting.add(new Waiting(first, new Input.Admit(1)));
    }
  }

  private long deadline(int number) {
    return protocols.get(number - 1).deadline(state(number)).atNanos();
  }

  private State state(int number) {
    return states.get(number - 1);
  }

  private void step(int number, Input input) {
    if (input instanceof Input.Admit && !state(number).admitsRequests()) {
      return;
    }
    recorders.get(number - 1).record(state(number), now, input);
    Step step = protocols.get(number - 1).step(state(number), input, now);
    states.set(number - 1, step.state());
    after.get(number - 1).add(step.state());
    for (Effect effect : step.effects()) {
      carryOut(number, effect);
    }
  }

  private void carryOut(int number, Effect effect) {
    if (effect instanceof Effect.Send send) {
      waiting.add(new Waiting(send.to(), new Input.Received(number, send.message())));
    } else if (effect instanceof Effect.StoreEpoch store) {
      waiting.add(new Waiting(number, new Input.Persisted(store.ticket())));
    } else if (effect instanceof Effect.Append append) {
      waiting.add(new Waiting(number, new Input.Persisted(append.ticket())));
    } else if (effect instanceof Effect.Cut cut) {
      waiting.add(new Waiting(number, new Input.Persisted(cut.ticket())));
    } else if (effect instanceof Effect.Execute execute) {
      waiting.add(
          new Waiting(number, new Input.Executed(execute.sequence(), execute.sequence() * 31)));
    }
  }
}
