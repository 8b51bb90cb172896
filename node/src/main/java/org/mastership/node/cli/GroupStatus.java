package org.mastership.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ServerConfiguration.Address;

/** What the servers of a group say of themselves. */
final class GroupStatus {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GroupStatus() {}

  /** All servers at once; one that does not answer is shown with the reason. */
  static ArrayNode ask(MastershipClient client, List<Address> addresses)
      throws JsonProcessingException {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (Address address : addresses) {
      answers.add(client.status(address));
    }
    ArrayNode servers = JSON.createArrayNode();
    for (int i = 0; i < addresses.size(); i++) {
      ObjectNode server;
      try {
        server = (ObjectNode) JSON.readTree(answers.get(i).join());
      } catch (CompletionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        server = JSON.createObjectNode().put("unreachable", String.valueOf(cause.getMessage()));
      }
      server.put("address", addresses.get(i).toString());
      servers.add(server);
    }
    return servers;
  }

  /** The address of the server that says that it is master, empty where none or several do. */
  static Optional<Address> master(MastershipClient client, List<Address> addresses)
      throws JsonProcessingException {
    List<Address> masters = new ArrayList<>();
    for (JsonNode server : ask(client, addresses)) {
      if (server.path("isMaster").asBoolean()) {
        masters.add(Address.parse(server.path("address").asText()));
      }
    }
    return masters.size() == 1 ? Optional.of(masters.get(0)) : Optional.empty();
  }
}
