package org.mastership.harness.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mastership.core.Effect;
import org.mastership.core.Epoch;
import org.mastership.core.Guarantee;
import org.mastership.core.Log;
import org.mastership.core.Position;
import org.mastership.core.Rule;
import org.mastership.core.Run;
import org.mastership.core.State;
import org.mastership.core.Step;

/**
 * A position names one entry and all before it, under both guarantees. Promise 3 of QUORUM: what is
 * committed stays as it is at every server, is in the log of each later master before it serves,
 * and is executed by all servers in one order, each request once; what was answered is executed by
 * all in the end.
 */
final class LogCheck {
  private record Entry(long request, Epoch before) {}

  private final boolean quorum;
  private final Map<Position, Entry> entries = new HashMap<>();
  private final List<Epoch> committed = new ArrayList<>();
  private final List<Long> order = new ArrayList<>();
  private final Set<Long> executed = new HashSet<>();
  private final Map<Epoch, Long> lastAnswer = new HashMap<>();
  private long answered;
  private long answers;

  LogCheck(Settings settings) {
    this.quorum = settings.guarantee() == Guarantee.QUORUM;
  }

  /** The sequence up to which clients have had answers. */
  long answered() {
    return answered;
  }

  /** How many times results were answered. */
  long answers() {
    return answers;
  }

  /** Every appended entry, with the epoch of the one before it: so logs that meet are the same. */
  void appended(SimulatedServer server, Run run) {
    Epoch before = server.state().log().at(run.first() - 1).epoch();
    for (long sequence = run.first(); sequence <= run.last(); sequence++) {
      Entry entry = new Entry(server.requestAt(sequence), before);
      Entry known = entries.putIfAbsent(new Position(run.epoch(), sequence), entry);
      if (known != null && !known.equals(entry)) {
        throw new Broken(
            "position "
                + run.epoch()
                + ":"
                + sequence
                + " is "
                + entry
                + " at server "
                + server.number()
                + " and "
                + known
                + " elsewhere");
      }
      before = run.epoch();
    }
  }

  void stepped(SimulatedServer server, State before, Step step) {
    if (!quorum) {
      return;
    }
    State after = step.state();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Cut cut) {
        cut(server, before.log(), cut.after());
      }
    }
    if (step.rules().contains(Rule.OPEN_TENURE) && server.isMaster()) {
      serves(server, after.log());
    }
    for (long next = before.committed() + 1; next <= after.committed(); next++) {
      commit(server, next, after.log().at(next).epoch());
    }
  }

  private void commit(SimulatedServer server, long sequence, Epoch epoch) {
    if (sequence == committed.size() + 1) {
      committed.add(epoch);
    } else if (!committed.get((int) sequence - 1).equals(epoch)) {
      throw new Broken(
          "server "
              + server.number()
              + " commits entry "
              + sequence
              + " of epoch "
              + epoch
              + ", which was committed as one of epoch "
              + committed.get((int) sequence - 1));
    }
  }

  private void cut(SimulatedServer server, Log log, long after) {
    long removed = after + 1;
    if (removed <= Math.min(log.lastSequence(), committed.size())
        && log.at(removed).epoch().equals(committed.get((int) removed - 1))) {
      throw new Broken("server " + server.number() + " cuts the committed entry " + removed);
    }
  }

  private void serves(SimulatedServer server, Log log) {
    int last = committed.size();
    if (last > 0 && !log.contains(new Position(committed.get(last - 1), last))) {
      throw new Broken(
          "server "
              + server.number()
              + " begins to serve without the committed entry "
              + committed.get(last - 1)
              + ":"
              + last);
    }
  }

  void executed(SimulatedServer server, long sequence, long request) {
    if (!quorum) {
      return;
    }
    if (sequence == order.size() + 1) {
      order.add(request);
      if (request != SimulatedServer.NO_REQUEST && !executed.add(request)) {
        throw new Broken("request " + request + " is executed again as entry " + sequence);
      }
    } else if (order.get((int) sequence - 1) != request) {
      throw new Broken(
          "server "
              + server.number()
              + " executes request "
              + request
              + " as entry "
              + sequence
              + ", which was request "
              + order.get((int) sequence - 1));
    }
  }

  /** A tenure answers its own entries only, and none that its server has not executed. */
  void answered(SimulatedServer server, long sequence) {
    answers++;
    Epoch tenure = server.state().mastership().epoch();
    if (sequence > server.executed() || !server.state().log().at(sequence).epoch().equals(tenure)) {
      throw new Broken(
          "server "
              + server.number()
              + " in "
              + tenure
              + " answers entry "
              + sequence
              + ", which it has not executed or not admitted");
    }
    if (lastAnswer.getOrDefault(tenure, 0L) >= sequence) {
      throw new Broken("server " + server.number() + " answers entry " + sequence + " again");
    }
    lastAnswer.put(tenure, sequence);
    answered = Math.max(answered, sequence);
  }

  /** In the end every server has executed all that had been answered a while before. */
  void ended(Iterable<SimulatedServer> servers, long answeredBefore) {
    for (SimulatedServer server : servers) {
      if (quorum && server.executed() < answeredBefore) {
        throw new Broken(
            "server "
                + server.number()
                + " has executed "
                + server.executed()
                + " entries in the end, but "
                + answeredBefore
                + " were answered");
      }
    }
  }
}
