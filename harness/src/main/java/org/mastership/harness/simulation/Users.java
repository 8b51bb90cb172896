package org.mastership.harness.simulation;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.mastership.core.Run;

/** Who asks simulated servers, and what becomes of it at them. */
interface Users {
  void start();

  /** The requests that a server admits, which get these places in its log. */
  List<Long> admitted(SimulatedServer server, Run run);

  /** A server answers its reads up to one, counted since its tenure began. */
  void answerReads(SimulatedServer server, long count);

  /** A tenure begins: the reads of an earlier one are never answered. */
  void gained(SimulatedServer server);

  /** A server's tenure is over: what it still owes it does not answer. */
  default void lost(SimulatedServer server) {}

  /** A server has started: its service is new. */
  default void serviceBegins(SimulatedServer server) {}

  /** What a server executed is discarded: its service is as it was before any entry. */
  default void serviceRewinds(SimulatedServer server) {}

  /** Whether servers make snapshots whatever the run's settings say. */
  default boolean wantsSnapshots() {
    return false;
  }

  /** A server's service as it is; empty where there is none. */
  default Optional<ByteString> snapshot(SimulatedServer server) {
    return Optional.empty();
  }

  /** A server's service is as a snapshot of it says. */
  default void restore(SimulatedServer server, Snapshot snapshot) {}

  /** A server executes the next entry of its log. */
  default void executed(SimulatedServer server, long sequence, long request) {}

  /** A server answers the requests of its tenure up to an entry. */
  default void answer(SimulatedServer server, long sequence) {}

  /** A server is gone, with all that it had been sent. */
  default void crashed(SimulatedServer server) {}

  /** The group is whole again: they end what they have begun, and look at everything once more. */
  default void finish() {}

  boolean isFinished();
}
