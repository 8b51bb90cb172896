package org.mastership.node.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.function.Supplier;
import org.mastership.node.wire.KeyValueOperation;
import org.mastership.node.wire.KeyValueOperation.OperationCase;
import org.mastership.node.wire.KeyValueResult;
import org.mastership.node.wire.KeyValueResult.Failure;
import org.mastership.node.wire.KeyValueSnapshot;

/**
 * Keys with values, in the order of the keys' unsigned bytes. A value is bytes or a list; bytes
 * that are decimal digits can be incremented. Requests and results are the messages {@code
 * KeyValueOperation} and {@code KeyValueResult}; every request has a result, also one that makes no
 * sense.
 */
public final class KeyValueService implements ReplicatedService {
  /** The most bytes of a key; the fewest are 1. */
  public static final int MOST_KEY_BYTES = 1024;

  /** The most bytes of a value, a list's elements taken together. */
  public static final int MOST_VALUE_BYTES = 1 << 20;

  /** The most entries that a scan returns at once. */
  public static final int MOST_SCAN_ENTRIES = 1000;

  /** A scan returns no further entry once keys and values have this many bytes together. */
  public static final int MOST_SCAN_BYTES = 1 << 18;

  private final KeyValueStore store = new KeyValueStore();

  /** A service without any key. */
  public KeyValueService() {}

  @Override
  public ByteString execute(ByteString request) {
    return answer(request, true).toByteString();
  }

  @Override
  public ByteString query(ByteString request) {
    return answer(request, false).toByteString();
  }

  private KeyValueResult answer(ByteString request, boolean mayWrite) {
    KeyValueOperation operation;
    try {
      operation = KeyValueOperation.parseFrom(request);
    } catch (InvalidProtocolBufferException malformed) {
      return KeyValueStore.failure(
          Failure.Reason.MALFORMED, "the request is not a message KeyValueOperation");
    }
    if (!mayWrite && writes(operation.getOperationCase())) {
      return KeyValueStore.failure(
          Failure.Reason.NOT_A_READ, "a query may be a get or a scan only; send it as a request");
    }
    return apply(operation);
  }

  private static boolean writes(OperationCase operation) {
    return switch (operation) {
      case PUT, DELETE, COMPARE_AND_SET, INCREMENT, APPEND -> true;
      case GET, SCAN, OPERATION_NOT_SET -> false;
    };
  }

  private KeyValueResult apply(KeyValueOperation operation) {
    return switch (operation.getOperationCase()) {
      case GET -> store.get(operation.getGet());
      case PUT -> store.put(operation.getPut());
      case DELETE -> store.delete(operation.getDelete());
      case COMPARE_AND_SET -> store.compareAndSet(operation.getCompareAndSet());
      case INCREMENT -> store.increment(operation.getIncrement());
      case APPEND -> store.append(operation.getAppend());
      case SCAN -> store.scan(operation.getScan());
      case OPERATION_NOT_SET ->
          KeyValueStore.failure(
              Failure.Reason.MALFORMED, "the message has no operation known to this version");
    };
  }

  @Override
  public ByteString snapshot() {
    return snapshotLater().get();
  }

  @Override
  public Supplier<ByteString> snapshotLater() {
    Supplier<KeyValueSnapshot> ofStore = store.snapshotLater();
    return () -> ofStore.get().toByteString();
  }

  @Override
  public void restore(ByteString snapshot) {
    try {
      store.restore(KeyValueSnapshot.parseFrom(snapshot));
    } catch (InvalidProtocolBufferException malformed) {
      throw new IllegalArgumentException(
          "these bytes are no snapshot of a key-value service", malformed);
    }
  }
}
