package org.mastership.harness.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mastership.core.Epoch;
import org.mastership.core.Guarantee;
import org.mastership.core.Position;
import org.mastership.core.Run;
import org.mastership.core.State;

/**
 * A position names one entry and what is before it; all servers execute the same entries in one
 * order; what was answered stays; a read sees all that was answered before it was sent.
 */
final class LogCheck {
  private record Entry(long request, Epoch before) {}

  private final boolean quorum;
  private final Map<Position, Entry> entries = new HashMap<>();
  private final List<Long> order = new ArrayList<>();
  private long answered;
  private long answers;

  LogCheck(Settings settings) {
    this.quorum = settings.guarantee() == Guarantee.QUORUM;
  }

  /** The sequence up to which clients have had answers. */
  long answered() {
    return answered;
  }

  long answers() {
    return answers;
  }

  /** Every appended entry, with the epoch of the one before it: so logs that meet are the same. */
  void appended(SimulatedServer server, Run run) {
    State state = server.state();
    for (long sequence = run.first(); sequence <= run.last(); sequence++) {
      Epoch before = sequence == 1 ? Epoch.NONE : state.log().at(sequence - 1).epoch();
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
    }
  }

  void executed(SimulatedServer server, long sequence, long request) {
    if (!quorum) {
      return;
    }
    if (sequence == order.size() + 1) {
      order.add(request);
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

  void answered(SimulatedServer server, long sequence) {
    if (sequence > server.executed()) {
      throw new Broken(
          "server " + server.number() + " answers " + sequence + ", which it has not executed");
    }
    answers++;
    answered = Math.max(answered, sequence);
  }

  /** A read that was sent when {@code required} was answered, and saw the state at {@code seen}. */
  void read(SimulatedServer server, long required, long seen) {
    answers++;
    if (quorum && seen < required) {
      throw new Broken(
          "a read at server "
              + server.number()
              + " saw the state at entry "
              + seen
              + ", but entry "
              + required
              + " had been answered before it was sent");
    }
  }

  /** In the end every server has executed all that had been answered a while before. */
  void ended(Iterable<SimulatedServer> servers, long answered) {
    for (SimulatedServer server : servers) {
      if (quorum && server.executed() < answered) {
        throw new Broken(
            "server "
                + server.number()
                + " has executed "
                + server.executed()
                + " entries in the end, but "
                + answered
                + " were answered");
      }
    }
  }
}
