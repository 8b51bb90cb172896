package org.mastership.harness.simulation;

import java.util.HashMap;
import java.util.Map;
import org.mastership.core.Position;

/**
 * Servers that have executed the same entries have had the same results: a position names one entry
 * and all before it. A real master finds out, too, and fences the server that differs.
 */
final class ResultCheck {
  private record Results(int server, long digest) {}

  private final Map<Position, Results> first = new HashMap<>();

  /** A server has executed an entry; the digest is of all its results until then. */
  void executed(SimulatedServer server, long sequence, long digest) {
    Position position = server.state().log().at(sequence);
    Results own = new Results(server.number(), digest);
    Results known = first.putIfAbsent(position, own);
    if (known != null && known.digest() != digest) {
      throw new Broken(
          "server "
              + server.number()
              + " has other results up to entry "
              + sequence
              + " than server "
              + known.server()
              + ": the service is not deterministic, or restore is not the reverse of snapshot");
    }
  }
}
