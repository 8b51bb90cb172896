package org.mastership.harness.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.function.Function;

/**
 * A client of somebody's own service, which asks one thing at a time and keeps a record of it. One
 * thread at a time.
 *
 * <p>The record has an operation by its name, the key of the object that it is about (empty where
 * there is one object only), its argument and its result: what a model is asked about. What is sent
 * are bytes that only the service understands.
 */
public final class ServiceClient {
  private final Way way;

  /** How what it asks comes to the service, and into the record. */
  @FunctionalInterface
  interface Way {
    /** Returns with the result; empty where there is none. */
    Optional<JsonNode> ask(Asked asked);
  }

  ServiceClient(Way way) {
    this.way = way;
  }

  /**
   * Has the service execute something.
   *
   * @param f the operation's name
   * @param key of which object
   * @param argument as the model understands it; JSON's null for none
   * @param request the bytes for {@code ReplicatedService.execute}
   * @param result makes of the service's bytes what the model understands; its failure ends the run
   * @return the result; empty if no answer came in time
   */
  public Optional<JsonNode> request(
      String f,
      String key,
      JsonNode argument,
      ByteString request,
      Function<ByteString, JsonNode> result) {
    return way.ask(new ServiceAsk(false, f, key, argument, request, result));
  }

  /** As {@link #request}, for something that only reads: {@code ReplicatedService.query}. */
  public Optional<JsonNode> query(
      String f,
      String key,
      JsonNode argument,
      ByteString request,
      Function<ByteString, JsonNode> result) {
    return way.ask(new ServiceAsk(true, f, key, argument, request, result));
  }
}
