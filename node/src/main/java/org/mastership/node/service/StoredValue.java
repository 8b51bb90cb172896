package org.mastership.node.service;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.mastership.node.wire.KeyValue;

/** The value of a key: bytes, or a list. */
sealed interface StoredValue {
  /** How many bytes the value has. */
  int size();

  KeyValue toMessage();

  /** The value as it is now, whatever becomes of it. */
  StoredValue frozen();

  static StoredValue of(KeyValue message) {
    if (message.hasList()) {
      Elements list = new Elements();
      message.getList().getElementsList().forEach(list::append);
      return list;
    }
    return new Bytes(message.getBytes());
  }

  record Bytes(ByteString bytes) implements StoredValue {
    @Override
    public int size() {
      return bytes.size();
    }

    @Override
    public KeyValue toMessage() {
      return KeyValue.newBuilder().setBytes(bytes).build();
    }

    @Override
    public StoredValue frozen() {
      return this;
    }
  }

  /** Grows in place: appending to a long list must not copy it. */
  final class Elements implements StoredValue {
    /** What an element takes in a message besides its own bytes, at most. */
    private static final int OVERHEAD_BYTES = 4;

    private final List<ByteString> elements;
    private int size;

    Elements() {
      this(new ArrayList<>(), 0);
    }

    private Elements(List<ByteString> elements, int size) {
      this.elements = elements;
      this.size = size;
    }

    /** How many bytes the list would have with {@code element} at its end. */
    long sizeWith(ByteString element) {
      return (long) size + element.size() + OVERHEAD_BYTES;
    }

    void append(ByteString element) {
      size = Math.toIntExact(sizeWith(element));
      elements.add(element);
    }

    int length() {
      return elements.size();
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public KeyValue toMessage() {
      KeyValue.Elements list = KeyValue.Elements.newBuilder().addAllElements(elements).build();
      return KeyValue.newBuilder().setList(list).build();
    }

    @Override
    public StoredValue frozen() {
      return new Elements(List.copyOf(elements), size);
    }
  }
}
