package org.mastership.harness.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.mastership.node.client.Requests;

/**
 * One thing that a client asks of somebody's own service.
 *
 * @param reads whether it only reads
 * @param bytes which only the service understands
 * @param understood makes of the service's answer what a history has
 */
record ServiceAsk(
    boolean reads,
    String f,
    String key,
    JsonNode argument,
    ByteString bytes,
    Function<ByteString, JsonNode> understood)
    implements Asked {
  @Override
  public CompletableFuture<JsonNode> on(Requests requests, Duration deadline) {
    var answer = reads ? requests.query(bytes, deadline) : requests.request(bytes, deadline);
    return answer.thenApply(
        result ->
            Objects.requireNonNull(
                understood.apply(result), () -> "the result of " + f + " was made null"));
  }
}
