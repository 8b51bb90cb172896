package org.mastership.node.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.mastership.node.wire.KeyValueOperation;
import org.mastership.node.wire.KeyValueResult;

/** Requests to a key-value service, as a client writes them. */
final class Operations {
  private Operations() {}

  static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  static KeyValueOperation get(String key) {
    return KeyValueOperation.newBuilder()
        .setGet(KeyValueOperation.Get.newBuilder().setKey(bytes(key)))
        .build();
  }

  static KeyValueOperation put(String key, String value) {
    return KeyValueOperation.newBuilder()
        .setPut(KeyValueOperation.Put.newBuilder().setKey(bytes(key)).setValue(bytes(value)))
        .build();
  }

  static KeyValueOperation delete(String key) {
    return KeyValueOperation.newBuilder()
        .setDelete(KeyValueOperation.Delete.newBuilder().setKey(bytes(key)))
        .build();
  }

  static KeyValueOperation swap(String key, String expected, String value) {
    return KeyValueOperation.newBuilder()
        .setCompareAndSet(
            KeyValueOperation.CompareAndSet.newBuilder()
                .setKey(bytes(key))
                .setExpected(bytes(expected))
                .setValue(bytes(value)))
        .build();
  }

  static KeyValueOperation putIfAbsent(String key, String value) {
    return KeyValueOperation.newBuilder()
        .setCompareAndSet(
            KeyValueOperation.CompareAndSet.newBuilder().setKey(bytes(key)).setValue(bytes(value)))
        .build();
  }

  static KeyValueOperation increment(String key, long by) {
    return KeyValueOperation.newBuilder()
        .setIncrement(KeyValueOperation.Increment.newBuilder().setKey(bytes(key)).setBy(by))
        .build();
  }

  static KeyValueOperation append(String key, String element) {
    return KeyValueOperation.newBuilder()
        .setAppend(
            KeyValueOperation.Append.newBuilder().setKey(bytes(key)).setElement(bytes(element)))
        .build();
  }

  static KeyValueOperation scan(String prefix, String after, int limit) {
    return KeyValueOperation.newBuilder()
        .setScan(
            KeyValueOperation.Scan.newBuilder()
                .setPrefix(bytes(prefix))
                .setAfter(bytes(after))
                .setLimit(limit))
        .build();
  }

  static KeyValueResult execute(ReplicatedService service, KeyValueOperation operation) {
    return result(service.execute(operation.toByteString()));
  }

  static KeyValueResult query(ReplicatedService service, KeyValueOperation operation) {
    return result(service.query(operation.toByteString()));
  }

  static KeyValueResult result(ByteString bytes) {
    try {
      return KeyValueResult.parseFrom(bytes);
    } catch (InvalidProtocolBufferException malformed) {
      throw new AssertionError("the result is not a KeyValueResult", malformed);
    }
  }
}
