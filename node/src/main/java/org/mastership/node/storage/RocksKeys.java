package org.mastership.node.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Under which keys RocksDB holds what a server stores. An entry's key is a letter and its sequence,
 * most significant byte first, so that entries are in the order of their sequences and all of them
 * are one range; what there is one of has a name that begins with another letter.
 */
final class RocksKeys {
  private static final byte ENTRY = 'e';

  /** Where the range of entries begins. */
  static final byte[] FIRST_ENTRY = ofEntry(1);

  /** Where it ends; no entry has this key. */
  static final byte[] AFTER_ENTRIES = {ENTRY + 1};

  static final byte[] FORMAT = named("mFormat");
  static final byte[] OWNER = named("mOwner");
  static final byte[] EPOCH = named("mEpoch");
  static final byte[] INCARNATION = named("mIncarnation");
  static final byte[] SNAPSHOT = named("mSnapshot");

  private RocksKeys() {}

  static byte[] ofEntry(long sequence) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(ENTRY).putLong(sequence).array();
  }

  static boolean isEntry(byte[] key) {
    return key.length == 1 + Long.BYTES && key[0] == ENTRY;
  }

  /** The sequence of the entry with a key. */
  static long sequence(byte[] key) {
    return ByteBuffer.wrap(key).getLong(1);
  }

  private static byte[] named(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
