package org.mastership.node.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.mastership.core.Deadline;
import org.mastership.core.Effect;
import org.mastership.core.Epoch;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Input;
import org.mastership.core.Log;
import org.mastership.core.Message;
import org.mastership.core.Protocol;
import org.mastership.core.Recovered;
import org.mastership.core.Run;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.node.wire.MalformedMessageException;
import org.mastership.node.wire.MessageCodec;
import org.mastership.node.wire.PeerMessage;

/**
 * A group of the same configuration, in memory and in virtual time, that elects masters before the
 * server takes part in the real one. A failover is the first time that a server runs most of its
 * rules: what Java loads and compiles then would be waited for by every client.
 */
final class Rehearsal {
  private static final int ELECTIONS = 40;
  private static final int MOST_STEPS = 20_000;

  private record Sent(int from, int to, PeerMessage message) {}

  private final GroupConfiguration group;
  private final List<Protocol> protocols = new ArrayList<>();
  private final List<State> states = new ArrayList<>();
  private final Queue<Sent> network = new ArrayDeque<>();
  private long now;
  private int steps;

  private Rehearsal(GroupConfiguration group) {
    this.group = group;
    for (int number = 1; number <= group.size(); number++) {
      Protocol protocol = new Protocol(group, number);
      protocols.add(protocol);
      states.add(protocol.start(new Recovered(Epoch.NONE, Log.EMPTY, 1), now));
    }
  }

  /**
   * Elects masters, each of which answers a request.
   *
   * @return how many were elected; less than planned only where the configuration makes elections
   *     very long
   */
  static int run(GroupConfiguration group) {
    int elected = 0;
    int steps = 0;
    while (elected < ELECTIONS && steps < MOST_STEPS) {
      Rehearsal rehearsal = new Rehearsal(group);
      if (rehearsal.elect()) {
        elected++;
      }
      steps += rehearsal.steps;
    }
    return elected;
  }

  private boolean elect() {
    for (int from = 1; from <= group.size(); from++) {
      for (int to = 1; to <= group.size(); to++) {
        if (from != to) {
          input(from, new Input.Connected(to));
        }
      }
    }
    while (steps < MOST_STEPS) {
      Sent sent = network.poll();
      if (sent == null) {
        tickFirst();
      } else {
        input(sent.to(), new Input.Received(sent.from(), received(sent.message())));
      }
      for (State state : states) {
        if (state.servesReads() && state.isMaster(now)) {
          return answersRequest(state.mastership().master());
        }
      }
    }
    return false;
  }

  private boolean answersRequest(int master) {
    input(master, new Input.Admit(1));
    long last = states.get(master - 1).log().lastSequence();
    for (Sent sent = network.poll(); sent != null; sent = network.poll()) {
      input(sent.to(), new Input.Received(sent.from(), received(sent.message())));
    }
    return states.get(master - 1).executed() >= last;
  }

  private void tickFirst() {
    int first = 1;
    long soonest = Long.MAX_VALUE;
    for (int number = 1; number <= group.size(); number++) {
      Deadline deadline = protocols.get(number - 1).deadline(states.get(number - 1));
      if (deadline.atNanos() < soonest) {
        first = number;
        soonest = deadline.atNanos();
      }
    }
    now = Math.max(now, soonest);
    input(first, new Input.Tick());
  }

  private void input(int number, Input input) {
    steps++;
    Step step = protocols.get(number - 1).step(states.get(number - 1), input, now);
    states.set(number - 1, step.state());
    Effects effects = new Effects(number);
    step.effects().forEach(effect -> effect.handle(effects));
    if (effects.ticket > step.state().storage().persisted()) {
      input(number, new Input.Persisted(effects.ticket));
    }
    if (effects.executed > states.get(number - 1).executed()) {
      input(number, new Input.Executed(effects.executed, 0));
    }
  }

  private static Message received(PeerMessage sent) {
    try {
      return MessageCodec.decode(PeerMessage.parseFrom(sent.toByteString())).message();
    } catch (MalformedMessageException | InvalidProtocolBufferException e) {
      throw new IllegalStateException("what this server sends can not be read: " + sent, e);
    }
  }

  /** Storage and service that are done at once, and a network that loses nothing. */
  private final class Effects implements Effect.Handler {
    private final int number;
    private long ticket;
    private long executed;

    Effects(int number) {
      this.number = number;
    }

    @Override
    public void send(Effect.Send effect) {
      List<ByteString> payloads = List.of();
      if (effect.message() instanceof Message.Entries entries) {
        payloads = empty(entries.runs());
      } else if (effect.message() instanceof Message.Fetched fetched) {
        payloads = empty(fetched.runs());
      }
      PeerMessage message = MessageCodec.encode(effect.message(), payloads);
      network.add(new Sent(number, effect.to(), message));
    }

    private static List<ByteString> empty(List<Run> runs) {
      long entries = runs.stream().mapToLong(Run::length).sum();
      return Collections.nCopies((int) entries, ByteString.EMPTY);
    }

    @Override
    public void storeEpoch(Effect.StoreEpoch effect) {
      ticket = effect.ticket();
    }

    @Override
    public void append(Effect.Append effect) {
      ticket = effect.ticket();
    }

    @Override
    public void cut(Effect.Cut effect) {
      ticket = effect.ticket();
    }

    @Override
    public void execute(Effect.Execute effect) {
      executed = effect.sequence();
    }

    @Override
    public void rewind(Effect.Rewind effect) {}

    @Override
    public void answer(Effect.Answer effect) {}

    @Override
    public void answerReads(Effect.AnswerReads effect) {}

    @Override
    public void stop(Effect.Stop effect) {}

    @Override
    public void report(Effect.Report effect) {}
  }
}
