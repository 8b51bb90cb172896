package org.mastership.core.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mastership.core.Effect;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.Input;
import org.mastership.core.Message;
import org.mastership.core.State;
import org.mastership.core.Step;

/**
 * The transitions of one server as lines that can be checked against the specification: each a
 * record with the input, what time and then the input have changed in the state, and the messages
 * sent. The first line of each start has the whole state. The lines of a server follow each other
 * from a start on. For one thread.
 */
public final class TraceLines {
  private final GroupConfiguration group;
  private final int number;
  private final boolean whole;
  private final List<PendingWrite> writes = new ArrayList<>();
  private Map<String, Object> last = Collections.emptyMap();
  private long incarnation;

  /**
   * The lines of a server in a group.
   *
   * @param whole whether no transition is missing, also where the server crashed
   */
  public TraceLines(GroupConfiguration group, int number, boolean whole) {
    this.group = group;
    this.number = number;
    this.whole = whole;
  }

  /**
   * The first line of a file: what the specification has to know of the group.
   *
   * @param whole whether no transition of any server is missing
   */
  public static String header(GroupConfiguration group, boolean whole) {
    return Tla.text(
        Tla.fields(
            "servers",
            group.size(),
            "quorum",
            group.guarantee() == Guarantee.QUORUM,
            "replicates",
            group.replicates(),
            "ahead",
            group.limits().entriesInFlight(),
            "perMessage",
            group.limits().entriesPerMessage(),
            "whole",
            whole));
  }

  /**
   * The line of one transition, after one that says how the server began if it has just started.
   */
  public List<String> of(State before, long nowNanos, Input input, Step step) {
    List<String> lines = new ArrayList<>();
    if (before.incarnation() != incarnation) {
      incarnation = before.incarnation();
      writes.clear();
      last = view(before, nowNanos);
      lines.add(
          Tla.text(Tla.fields("server", number, "input", "Begin", "after", last, "lost", !whole)));
    }
    lines.add(line(before, nowNanos, input, step));
    return lines;
  }

  private String line(State before, long nowNanos, Input input, Step step) {
    Map<String, Object> passed = view(before, nowNanos);
    Map<String, Object> line =
        Tla.fields(
            "server",
            number,
            "passed",
            changes(last, passed),
            "connected",
            connected(before, input),
            "out",
            sent(step));
    describe(input, before, step, line);
    keepWrites(input, step);
    last = view(step.state(), nowNanos);
    line.put("changed", changes(passed, last));
    return Tla.text(line);
  }

  private Map<String, Object> view(State state, long nowNanos) {
    return ServerView.of(group, number, state, nowNanos, true, writes);
  }

  private static Map<String, Object> changes(Map<String, Object> from, Map<String, Object> to) {
    Map<String, Object> changes = new TreeMap<>(to);
    changes.entrySet().removeAll(from.entrySet());
    return changes;
  }

  /** The connections that a message can be handed to, after the input has changed them. */
  private Set<Object> connected(State before, Input input) {
    Set<Object> connected = new TreeSet<>();
    for (int peer = 1; peer <= group.size(); peer++) {
      if (peer != number && before.peer(peer).connected()) {
        connected.add((long) peer);
      }
    }
    if (input instanceof Input.Connected up) {
      connected.add((long) up.peer());
    } else if (input instanceof Input.Disconnected lost) {
      connected.remove((long) lost.peer());
    } else if (input instanceof Input.Refused refused) {
      connected.remove((long) refused.peer());
    }
    return connected;
  }

  private Set<Object> sent(Step step) {
    Set<Object> sent = new LinkedHashSet<>();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Send send && !measures(send.message())) {
        sent.add(message(number, send.to(), MessageView.of(send.message())));
      }
    }
    return sent;
  }

  /** The specification takes delays as given: what measures them is nothing to it. */
  private static boolean measures(Message message) {
    return message instanceof Message.Ping || message instanceof Message.Pong;
  }

  private static Map<String, Object> message(int from, int to, Map<String, Object> body) {
    return Tla.fields("from", from, "to", to, "body", body);
  }

  private void describe(Input input, State before, Step step, Map<String, Object> line) {
    line.put("input", input.getClass().getSimpleName());
    if (input instanceof Input.Received received && measures(received.message())) {
      line.put("input", "Measured");
    } else if (input instanceof Input.Received received) {
      line.put("message", message(received.from(), number, MessageView.of(received.message())));
    } else if (input instanceof Input.Connected up) {
      line.put("count", (long) up.peer());
    } else if (input instanceof Input.Disconnected lost) {
      line.put("count", (long) lost.peer());
    } else if (input instanceof Input.Refused refused) {
      line.put("count", (long) refused.peer());
    } else if (input instanceof Input.Diverged diverged) {
      line.put("count", (long) diverged.peer());
    } else if (input instanceof Input.Resign) {
      line.put("count", (long) step.successor());
    } else if (input instanceof Input.Persisted persisted) {
      line.put("count", Math.max(0, persisted.ticket() - before.storage().persisted()));
    } else if (input instanceof Input.Admit admit) {
      line.put("count", (long) admit.count());
    } else if (input instanceof Input.Executed executed) {
      line.put("count", executed.sequence());
    } else if (input instanceof Input.Queried queried) {
      line.put("count", queried.count());
    } else if (input instanceof Input.Registered registered) {
      line.put("epoch", MessageView.epoch(registered.epoch()));
    } else if (input instanceof Input.Compacted compacted) {
      line.put("count", compacted.sequence());
    } else if (input instanceof Input.Arriving arriving) {
      line.put("count", (long) arriving.peer());
    } else if (input instanceof Input.Rated rated) {
      line.put("count", rated.rating());
    }
  }

  private void keepWrites(Input input, Step step) {
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.StoreEpoch store) {
        writes.add(new PendingWrite.OfEpoch(store.ticket(), store.epoch()));
      } else if (effect instanceof Effect.Append append) {
        writes.add(new PendingWrite.OfEntries(append.ticket(), append.run()));
      } else if (effect instanceof Effect.Cut cut) {
        writes.add(new PendingWrite.OfCut(cut.ticket(), cut.after()));
      }
    }
    if (input instanceof Input.Persisted persisted) {
      writes.removeIf(write -> write.ticket() <= persisted.ticket());
    }
  }
}
