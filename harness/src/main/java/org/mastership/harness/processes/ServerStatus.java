package org.mastership.harness.processes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What a server said of itself.
 *
 * @param json as the status command shows it
 */
public record ServerStatus(JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static ServerStatus of(String text) {
    try {
      return new ServerStatus(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a status: " + text, e);
    }
  }

  /** The server's name. */
  public String name() {
    return json.path("name").asText();
  }

  /** The server's number. */
  public int number() {
    return json.path("number").asInt();
  }

  /** Whether it was master when it answered. */
  public boolean isMaster() {
    return json.path("isMaster").asBoolean();
  }

  /** What keeps it from serving until it is started again; empty for nothing. */
  public String failed() {
    return json.path("failed").asText("");
  }

  /** The epoch it knows, for people. */
  public String epoch() {
    return json.path("epoch").asText();
  }

  /** The same as a fencing token. */
  public long token() {
    return json.path("epochToken").asLong();
  }

  /** The name of the master it knows; empty for none. */
  public String master() {
    return json.path("master").asText();
  }

  /** The sequence up to which it has executed. */
  public long executed() {
    return json.path("executed").asLong();
  }

  /** The sequence up to which it knows the log to be committed. */
  public long committed() {
    return json.path("committed").asLong();
  }

  /** How many entries of its log it has discarded for another master's since it started. */
  public long discarded() {
    return json.path("discarded").asLong();
  }

  /** Of a master: whether another server follows it and has the log up to a sequence. */
  public boolean isFollowedBy(int peer, long sequence) {
    JsonNode of = peer(peer);
    return of.path("functional").asBoolean() && of.path("accepted").asLong() >= sequence;
  }

  /** Whether it has a connection on which it speaks to another server. */
  public boolean isConnectedTo(int peer) {
    return peer(peer).path("connected").asBoolean();
  }

  private JsonNode peer(int number) {
    for (JsonNode each : json.path("peers")) {
      if (each.path("number").asInt() == number) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }
}
