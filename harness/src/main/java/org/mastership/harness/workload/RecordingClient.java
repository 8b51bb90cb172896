package org.mastership.harness.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;

/**
 * A client that asks one thing at a time and keeps a record of it. One thread at a time.
 *
 * <p>Each operation gives its result, or nothing where it had none.
 */
final class RecordingClient implements AutoCloseable {
  private final Recorder recorder;
  private final MastershipClient client;
  private final KeyValueClient keys;

  RecordingClient(
      long process,
      ClientConfiguration configuration,
      HistoryWriter history,
      FirstAnswer firstAnswer) {
    this.recorder = new Recorder(process, history, firstAnswer);
    this.client = new MastershipClient(configuration);
    this.keys = new KeyValueClient(client);
  }

  /** Operations with a result. */
  long answered() {
    return recorder.answered();
  }

  /** Operations without one. */
  long failed() {
    return recorder.failed();
  }

  /** How often an operation was sent again. */
  long retried() {
    return client.counters().retried();
  }

  Optional<JsonNode> get(String key) {
    return recorder.perform(
        "get", key, none(), () -> keys.get(bytes(key)).thenApply(value -> text(value)));
  }

  Optional<JsonNode> getNumber(String key) {
    return recorder.perform(
        "get",
        key,
        none(),
        () ->
            keys.get(bytes(key))
                .thenApply(value -> value.<JsonNode>map(RecordingClient::number).orElse(none())));
  }

  Optional<JsonNode> getList(String key) {
    return recorder.perform(
        "get",
        key,
        none(),
        () ->
            keys.getList(bytes(key))
                .thenApply(value -> value.<JsonNode>map(RecordingClient::list).orElse(none())));
  }

  Optional<JsonNode> put(String key, String value) {
    return recorder.perform(
        "put",
        key,
        TextNode.valueOf(value),
        () -> keys.put(bytes(key), bytes(value)).thenApply(existed -> none()));
  }

  /** Stores a value where the key holds the expected one; null for no such key. */
  Optional<JsonNode> compareAndSet(String key, @Nullable String expected, String value) {
    ArrayNode argument = JsonNodeFactory.instance.arrayNode(2).add(expected).add(value);
    return recorder.perform(
        "cas",
        key,
        argument,
        () ->
            keys.compareAndSet(bytes(key), expected == null ? null : bytes(expected), bytes(value))
                .thenApply(BooleanNode::valueOf));
  }

  Optional<JsonNode> increment(String key) {
    return recorder.perform(
        "incr",
        key,
        LongNode.valueOf(1),
        () -> keys.increment(bytes(key), 1).thenApply(LongNode::valueOf));
  }

  Optional<JsonNode> append(String key, String element) {
    return recorder.perform(
        "append",
        key,
        TextNode.valueOf(element),
        () -> keys.append(bytes(key), bytes(element)).thenApply(LongNode::valueOf));
  }

  private static JsonNode none() {
    return NullNode.getInstance();
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  private static JsonNode text(Optional<ByteString> value) {
    return value.<JsonNode>map(found -> TextNode.valueOf(found.toStringUtf8())).orElse(none());
  }

  private static JsonNode number(ByteString value) {
    return LongNode.valueOf(Long.parseLong(value.toStringUtf8()));
  }

  private static JsonNode list(List<ByteString> elements) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode(elements.size());
    elements.forEach(element -> list.add(element.toStringUtf8()));
    return list;
  }

  @Override
  public void close() {
    client.close();
  }
}
