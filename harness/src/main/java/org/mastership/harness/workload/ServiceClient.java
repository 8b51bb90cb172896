package org.mastership.harness.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.function.Function;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.MastershipClient;

/**
 * A client of somebody's own service, which asks one thing at a time and keeps a record of it. One
 * thread at a time.
 *
 * <p>The record has an operation by its name, the key of the object that it is about (empty where
 * there is one object only), its argument and its result: what a model is asked about. What is sent
 * are bytes that only the service understands.
 */
public final class ServiceClient implements AutoCloseable {
  private final MastershipClient client;
  private final Recorder recorder;

  ServiceClient(
      long process,
      ClientConfiguration configuration,
      HistoryWriter history,
      FirstAnswer firstAnswer) {
    client = new MastershipClient(configuration);
    recorder = new Recorder(process, history, firstAnswer);
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
    return recorder.perform(f, key, argument, () -> client.request(request).thenApply(result));
  }

  /** As {@link #request}, for something that only reads: {@code ReplicatedService.query}. */
  public Optional<JsonNode> query(
      String f,
      String key,
      JsonNode argument,
      ByteString request,
      Function<ByteString, JsonNode> result) {
    return recorder.perform(f, key, argument, () -> client.query(request).thenApply(result));
  }

  /** Operations with a result. */
  long answered() {
    return recorder.answered();
  }

  @Override
  public void close() {
    client.close();
  }
}
