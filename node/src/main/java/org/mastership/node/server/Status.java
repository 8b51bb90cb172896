package org.mastership.node.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Following;
import org.mastership.core.Peer;
import org.mastership.core.Protocol;
import org.mastership.core.State;
import org.mastership.core.Tenure;
import org.mastership.node.config.ServerConfiguration;

/** What one server says of itself, for the status command, as JSON. */
final class Status {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerConfiguration configuration;
  private final Protocol protocol;

  Status(ServerConfiguration configuration, Protocol protocol) {
    this.configuration = configuration;
    this.protocol = protocol;
  }

  String json(
      State state,
      @Nullable String failure,
      long now,
      Changes changes,
      @Nullable Naming naming,
      Snapshots snapshots) {
    ServerConfiguration.Member self = configuration.self();
    ObjectNode root = JSON.createObjectNode();
    root.put("group", configuration.group());
    root.put("name", self.name());
    root.put("number", self.number());
    root.put("index", protocol.group().indexOf(self.number(), state.mastership().ranking()));
    root.put("rating", state.ratings().get(self.number() - 1));
    ArrayNode ratings = root.putArray("ratings");
    state.ratings().forEach(ratings::add);
    root.put("guarantee", protocol.group().guarantee().name());
    root.put("role", state.role().name());
    root.put("epoch", state.mastership().epoch().toString());
    root.put("epochToken", state.mastership().epoch().token());
    root.put("master", changes.nameOf(state.mastership().master()));
    root.put("isMaster", failure == null && state.isMaster(now));
    putLease(root, state, now);
    root.put("last", state.log().last().toString());
    root.put("committed", state.committed());
    root.put("executed", state.executed());
    root.put("digest", Long.toHexString(state.digest()));
    root.put("stable", state.storage().stable());
    root.put("snapshot", snapshots.baseSequence());
    root.put("snapshotBytes", snapshots.base() == null ? 0 : snapshots.base().bytes());
    root.put("logEntries", state.log().lastSequence() - snapshots.baseSequence());
    root.put("logBytes", snapshots.logBytes());
    Following following = state.following();
    root.put(
        "roundTripMillis", following == null ? 0 : following.roundTripNanos() / NANOS_PER_MILLI);
    root.put("electionDelayMillis", protocol.electionDelayNanos(state) / NANOS_PER_MILLI);
    root.set("peers", peers(state, now, changes));
    root.put("failed", failure);
    root.put("discarded", state.discarded());
    ObjectNode seen = root.putObject("seen");
    seen.put("failovers", changes.failovers());
    seen.put("lastFailoverMillis", changes.lastFailoverMillis());
    if (naming != null) {
      naming.describe(root);
    }
    return root.toString();
  }

  private static void putLease(ObjectNode root, State state, long now) {
    Tenure tenure = state.tenure();
    if (tenure != null && tenure.lease().untilNanos() != Long.MAX_VALUE) {
      long left = Math.max(0, tenure.lease().untilNanos() - now);
      root.put("leaseLeftMillis", left / NANOS_PER_MILLI);
    }
  }

  private ArrayNode peers(State state, long now, Changes changes) {
    ArrayNode peers = JSON.createArrayNode();
    long silence = protocol.group().timing().silenceNanos();
    for (int number = 1; number <= protocol.group().size(); number++) {
      if (number == protocol.number()) {
        continue;
      }
      Peer peer = state.peer(number);
      ObjectNode node = peers.addObject();
      node.put("number", number);
      node.put("name", changes.nameOf(number));
      node.put("connected", peer.connected());
      List<Long> row = state.delays().roundTrips().row();
      if (!row.isEmpty() && row.get(number - 1) > 0) {
        node.put("delayMillis", row.get(number - 1) / NANOS_PER_MILLI);
      }
      if (state.tenure() != null) {
        node.put("accepted", peer.progress().accepted());
        node.put(
            "functional", peer.contact().inquired() && now - peer.contact().heardNanos() < silence);
      }
    }
    return peers;
  }
}
