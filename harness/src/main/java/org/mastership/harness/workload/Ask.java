package org.mastership.harness.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.Requests;

/**
 * One thing that a client asks of the key-value service, as a history has it.
 *
 * @param what is asked
 * @param key of which object
 * @param argument as a history has it; JSON's null for none
 */
public record Ask(What what, String key, JsonNode argument) implements Asked {
  /** What can be asked. */
  public enum What {
    /** The text that a key holds. */
    GET("get"),
    /** The number that a key holds. */
    GET_NUMBER("get"),
    /** The list that a key holds. */
    GET_LIST("get"),
    /** Stores a text. */
    PUT("put"),
    /** Stores a text where the key holds the expected one. */
    COMPARE_AND_SET("cas"),
    /** Adds one. */
    INCREMENT("incr"),
    /** Adds an element to a list. */
    APPEND("append");

    private final String f;

    What(String f) {
      this.f = f;
    }
  }

  static Ask get(String key) {
    return new Ask(What.GET, key, none());
  }

  static Ask getNumber(String key) {
    return new Ask(What.GET_NUMBER, key, none());
  }

  static Ask getList(String key) {
    return new Ask(What.GET_LIST, key, none());
  }

  static Ask put(String key, String value) {
    return new Ask(What.PUT, key, TextNode.valueOf(value));
  }

  /** Null is expected where there is no such key. */
  static Ask compareAndSet(String key, @Nullable String expected, String value) {
    ArrayNode both = JsonNodeFactory.instance.arrayNode(2).add(expected).add(value);
    return new Ask(What.COMPARE_AND_SET, key, both);
  }

  static Ask increment(String key) {
    return new Ask(What.INCREMENT, key, LongNode.valueOf(1));
  }

  static Ask append(String key, String element) {
    return new Ask(What.APPEND, key, TextNode.valueOf(element));
  }

  @Override
  public String f() {
    return what.f;
  }

  @Override
  public CompletableFuture<JsonNode> on(Requests requests, Duration deadline) {
    KeyValueClient keys = new KeyValueClient(requests, deadline);
    ByteString of = bytes(key);
    return switch (what) {
      case GET -> keys.get(of).thenApply(value -> orNone(value.map(Ask::text)));
      case GET_NUMBER -> keys.get(of).thenApply(value -> orNone(value.map(Ask::number)));
      case GET_LIST -> keys.getList(of).thenApply(value -> orNone(value.map(Ask::list)));
      case PUT -> keys.put(of, bytes(argument.textValue())).thenApply(existed -> none());
      case COMPARE_AND_SET -> {
        String expected = argument.get(0).textValue();
        yield keys.compareAndSet(
                of, expected == null ? null : bytes(expected), bytes(argument.get(1).textValue()))
            .thenApply(BooleanNode::valueOf);
      }
      case INCREMENT -> keys.increment(of, argument.longValue()).thenApply(LongNode::valueOf);
      case APPEND -> keys.append(of, bytes(argument.textValue())).thenApply(LongNode::valueOf);
    };
  }

  private static JsonNode none() {
    return NullNode.getInstance();
  }

  private static JsonNode orNone(Optional<JsonNode> value) {
    return value.orElse(none());
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  private static JsonNode text(ByteString value) {
    return TextNode.valueOf(value.toStringUtf8());
  }

  private static JsonNode number(ByteString value) {
    return LongNode.valueOf(Long.parseLong(value.toStringUtf8()));
  }

  private static JsonNode list(List<ByteString> elements) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode(elements.size());
    elements.forEach(element -> list.add(element.toStringUtf8()));
    return list;
  }
}
