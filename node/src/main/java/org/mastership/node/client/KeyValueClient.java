package org.mastership.node.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mastership.node.wire.KeyValue;
import org.mastership.node.wire.KeyValueEntry;
import org.mastership.node.wire.KeyValueOperation;
import org.mastership.node.wire.KeyValueResult;
import org.mastership.node.wire.KeyValueResult.Failure;

/**
 * The operations of the key-value service, for any number of threads. Each future ends as those of
 * {@link MastershipClient} do, or with a {@link KeyValueException} where the service refuses the
 * operation. A key has 1 to {@value org.mastership.node.service.KeyValueService#MOST_KEY_BYTES}
 * bytes.
 */
public final class KeyValueClient {
  private final Requests client;
  private final Duration deadline;

  /** Uses a client, which its owner closes, with its configured deadline. */
  public KeyValueClient(MastershipClient client) {
    this(client, client.configuration().deadline());
  }

  /**
   * Uses somebody else's way to the service.
   *
   * @param deadline for each operation, more than 0
   */
  public KeyValueClient(Requests requests, Duration deadline) {
    ClientConfiguration.requireDeadline(deadline);
    this.client = requests;
    this.deadline = deadline;
  }

  /** The same with another deadline for each operation, more than 0. */
  public KeyValueClient withDeadline(Duration each) {
    return new KeyValueClient(client, each);
  }

  /** The bytes that a key holds; empty if there is no such key. */
  public CompletableFuture<Optional<ByteString>> get(ByteString key) {
    return read(key)
        .thenApply(
            value ->
                value.map(
                    found -> {
                      if (found.hasList()) {
                        throw wrongType("the key holds a list, not bytes");
                      }
                      return found.getBytes();
                    }));
  }

  /** The elements of the list that a key holds; empty if there is no such key. */
  public CompletableFuture<Optional<List<ByteString>>> getList(ByteString key) {
    return read(key)
        .thenApply(
            value ->
                value.map(
                    found -> {
                      if (!found.hasList()) {
                        throw wrongType("the key holds bytes, not a list");
                      }
                      return found.getList().getElementsList();
                    }));
  }

  private CompletableFuture<Optional<KeyValue>> read(ByteString key) {
    KeyValueOperation operation =
        KeyValueOperation.newBuilder()
            .setGet(KeyValueOperation.Get.newBuilder().setKey(key))
            .build();
    return query(
        operation,
        KeyValueResult.ResultCase.READ,
        result ->
            result.getRead().hasValue()
                ? Optional.of(result.getRead().getValue())
                : Optional.empty());
  }

  /**
   * Stores bytes.
   *
   * @return whether the key was there before
   */
  public CompletableFuture<Boolean> put(ByteString key, ByteString value) {
    KeyValueOperation operation =
        KeyValueOperation.newBuilder()
            .setPut(KeyValueOperation.Put.newBuilder().setKey(key).setValue(value))
            .build();
    return request(operation, KeyValueResult.ResultCase.EXISTED, KeyValueResult::getExisted);
  }

  /**
   * Removes a key with its value.
   *
   * @return whether the key was there before
   */
  public CompletableFuture<Boolean> delete(ByteString key) {
    KeyValueOperation operation =
        KeyValueOperation.newBuilder()
            .setDelete(KeyValueOperation.Delete.newBuilder().setKey(key))
            .build();
    return request(operation, KeyValueResult.ResultCase.EXISTED, KeyValueResult::getExisted);
  }

  /**
   * Stores bytes if the key holds the expected ones.
   *
   * @param expected the bytes; null if the key must not be there
   * @return whether the value was stored
   */
  public CompletableFuture<Boolean> compareAndSet(
      ByteString key, @Nullable ByteString expected, ByteString value) {
    KeyValueOperation.CompareAndSet.Builder swap =
        KeyValueOperation.CompareAndSet.newBuilder().setKey(key).setValue(value);
    if (expected != null) {
      swap.setExpected(expected);
    }
    KeyValueOperation operation = KeyValueOperation.newBuilder().setCompareAndSet(swap).build();
    return request(operation, KeyValueResult.ResultCase.SWAPPED, KeyValueResult::getSwapped);
  }

  /**
   * Adds to a number that is kept as decimal digits; a key that is not there counts as 0.
   *
   * @return the number after it
   */
  public CompletableFuture<Long> increment(ByteString key, long by) {
    KeyValueOperation operation =
        KeyValueOperation.newBuilder()
            .setIncrement(KeyValueOperation.Increment.newBuilder().setKey(key).setBy(by))
            .build();
    return request(operation, KeyValueResult.ResultCase.NUMBER, KeyValueResult::getNumber);
  }

  /**
   * Adds an element at the end of a list; a key that is not there counts as the empty list.
   *
   * @return the number of elements after it
   */
  public CompletableFuture<Integer> append(ByteString key, ByteString element) {
    KeyValueOperation operation =
        KeyValueOperation.newBuilder()
            .setAppend(KeyValueOperation.Append.newBuilder().setKey(key).setElement(element))
            .build();
    return request(operation, KeyValueResult.ResultCase.LENGTH, KeyValueResult::getLength);
  }

  /**
   * A page of a scan.
   *
   * @param entries keys with their values, in the order of the keys' unsigned bytes
   * @param more whether there are more keys after the last of them
   */
  public record Page(List<KeyValueEntry> entries, boolean more) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Reads keys that begin with a prefix. Each page is a read of its own: what is written between
   * two of them may be in the second.
   *
   * @param prefix empty for all keys
   * @param after the last key of the page before; empty for the first page
   * @param limit the most entries, 0 for as many as a page may have
   */
  public CompletableFuture<Page> scan(ByteString prefix, ByteString after, int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("the limit of a scan must be 0 or more, not " + limit);
    }
    KeyValueOperation operation =
        KeyValueOperation.newBuilder()
            .setScan(
                KeyValueOperation.Scan.newBuilder()
                    .setPrefix(prefix)
                    .setAfter(after)
                    .setLimit(limit))
            .build();
    return query(
        operation,
        KeyValueResult.ResultCase.PAGE,
        result -> new Page(result.getPage().getEntriesList(), result.getPage().getMore()));
  }

  private <T> CompletableFuture<T> request(
      KeyValueOperation operation,
      KeyValueResult.ResultCase expected,
      Function<KeyValueResult, T> read) {
    return client
        .request(operation.toByteString(), deadline)
        .thenApply(bytes -> read.apply(result(bytes, expected)));
  }

  private <T> CompletableFuture<T> query(
      KeyValueOperation operation,
      KeyValueResult.ResultCase expected,
      Function<KeyValueResult, T> read) {
    return client
        .query(operation.toByteString(), deadline)
        .thenApply(bytes -> read.apply(result(bytes, expected)));
  }

  private static KeyValueResult result(ByteString bytes, KeyValueResult.ResultCase expected) {
    KeyValueResult result;
    try {
      result = KeyValueResult.parseFrom(bytes);
    } catch (InvalidProtocolBufferException malformed) {
      throw noKeyValueService();
    }
    if (result.hasFailure()) {
      throw new KeyValueException(result.getFailure().getReason(), result.getFailure().getText());
    }
    if (result.getResultCase() != expected) {
      throw noKeyValueService();
    }
    return result;
  }

  private static KeyValueException noKeyValueService() {
    return new KeyValueException(
        Failure.Reason.MALFORMED,
        "the answer is none of the key-value service; does the group run another service?");
  }

  private static KeyValueException wrongType(String text) {
    return new KeyValueException(Failure.Reason.WRONG_TYPE, text);
  }
}
