package org.mastership.node.service;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A running hash of 64 bits, by which servers find out that their results differ. It guards against
 * mistakes and broken memory, not against an adversary.
 */
final class Digest {
  private Digest() {}

  /** The digest after {@code value} follows what {@code digest} stands for. */
  static long add(long digest, long value) {
    return mix(digest * 31 + mix(value));
  }

  /** The digest after the length and content of {@code bytes} follow. */
  static long add(long digest, ByteString bytes) {
    ByteBuffer buffer = bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long sum = add(digest, buffer.remaining());
    while (buffer.remaining() >= Long.BYTES) {
      sum = add(sum, buffer.getLong());
    }
    long rest = 0;
    while (buffer.hasRemaining()) {
      rest = rest << Byte.SIZE | Byte.toUnsignedLong(buffer.get());
    }
    return add(sum, rest);
  }

  /** Spreads each bit over all bits; a bijection (the finalizer of SplitMix64). */
  static long mix(long value) {
    long x = value + 0x9e3779b97f4a7c15L;
    x = (x ^ x >>> 30) * 0xbf58476d1ce4e5b9L;
    x = (x ^ x >>> 27) * 0x94d049bb133111ebL;
    return x ^ x >>> 31;
  }
}
