package org.mastership.harness.simulation;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.mastership.core.Effect;
import org.mastership.core.Epoch;
import org.mastership.core.Input;
import org.mastership.core.Message;
import org.mastership.core.Run;
import org.mastership.core.State;
import org.mastership.core.Step;

/** What a simulated server tells its world, and asks of it. */
interface World {
  void send(int from, int to, Message message, Payload payload);

  void stepped(SimulatedServer server, State before, Input input, Step step);

  void appended(SimulatedServer server, Run run);

  /** The server's disk has come to hold an epoch. */
  void stored(int server, Epoch epoch);

  void executed(SimulatedServer server, long sequence, long request);

  void answer(SimulatedServer server, long sequence);

  void answerReads(SimulatedServer server, long count);

  void report(SimulatedServer server, Effect.Report report);

  /** The requests that are being admitted, which get these places in the server's log. */
  List<Long> admitted(SimulatedServer server, Run run);

  /** The server has crashed. */
  void crashed(SimulatedServer server);

  /** The server starts: its service is new. */
  void serviceBegins(SimulatedServer server);

  /** What was executed is discarded: the server's service is to be as before any entry. */
  void serviceRewinds(SimulatedServer server);

  /** Whether a server makes a snapshot now. */
  boolean makesSnapshot();

  /** A server's service as it is now; empty where it has none. */
  Optional<ByteString> snapshot(SimulatedServer server);

  /** A server's service is to be as a snapshot says. */
  void restore(SimulatedServer server, Snapshot snapshot);

  /** The disk is full: the server stops, as a real one does. */
  void diskFailed(SimulatedServer server);

  /** How long the disk takes. */
  long diskNanos();

  /** How long the service takes. */
  long serviceNanos();
}
