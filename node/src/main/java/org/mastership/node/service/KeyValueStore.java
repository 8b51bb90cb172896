package org.mastership.node.service;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mastership.node.wire.KeyValueEntry;
import org.mastership.node.wire.KeyValueOperation;
import org.mastership.node.wire.KeyValueResult;
import org.mastership.node.wire.KeyValueResult.Failure;
import org.mastership.node.wire.KeyValueSnapshot;

/** The keys and values of a {@link KeyValueService}, one method an operation. */
final class KeyValueStore {
  /** A sign and nineteen digits. */
  private static final int LONGEST_NUMBER = 20;

  private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");

  private final NavigableMap<ByteString, StoredValue> values =
      new TreeMap<>(ByteString.unsignedLexicographicalComparator());

  KeyValueResult get(KeyValueOperation.Get get) {
    return withKey(
        get.getKey(),
        () -> {
          StoredValue value = values.get(get.getKey());
          KeyValueResult.Read.Builder read = KeyValueResult.Read.newBuilder();
          if (value != null) {
            read.setValue(value.toMessage());
          }
          return KeyValueResult.newBuilder().setRead(read).build();
        });
  }

  KeyValueResult put(KeyValueOperation.Put put) {
    return withKey(
        put.getKey(),
        () -> {
          if (put.getValue().size() > KeyValueService.MOST_VALUE_BYTES) {
            return tooLarge(put.getValue().size());
          }
          StoredValue before = values.put(put.getKey(), new StoredValue.Bytes(put.getValue()));
          return existed(before);
        });
  }

  KeyValueResult delete(KeyValueOperation.Delete delete) {
    return withKey(delete.getKey(), () -> existed(values.remove(delete.getKey())));
  }

  KeyValueResult compareAndSet(KeyValueOperation.CompareAndSet swap) {
    return withKey(
        swap.getKey(),
        () -> {
          StoredValue before = values.get(swap.getKey());
          if (before instanceof StoredValue.Elements) {
            return wrongType("the key holds a list, which can not be compared");
          }
          if (swap.getValue().size() > KeyValueService.MOST_VALUE_BYTES) {
            return tooLarge(swap.getValue().size());
          }
          StoredValue expected =
              swap.hasExpected() ? new StoredValue.Bytes(swap.getExpected()) : null;
          boolean swapped = expected == null ? before == null : expected.equals(before);
          if (swapped) {
            values.put(swap.getKey(), new StoredValue.Bytes(swap.getValue()));
          }
          return KeyValueResult.newBuilder().setSwapped(swapped).build();
        });
  }

  KeyValueResult increment(KeyValueOperation.Increment increment) {
    return withKey(
        increment.getKey(),
        () -> {
          Long before = number(values.get(increment.getKey()));
          if (before == null) {
            return failure(
                Failure.Reason.NOT_A_NUMBER,
                "the key holds something else than a signed 64-bit number in decimal digits");
          }
          long after = before + increment.getBy();
          boolean overflown = ((before ^ after) & (increment.getBy() ^ after)) < 0;
          if (overflown) {
            return failure(
                Failure.Reason.OVERFLOW,
                before + " plus " + increment.getBy() + " does not fit in 64 bits");
          }
          ByteString digits = ByteString.copyFromUtf8(Long.toString(after));
          values.put(increment.getKey(), new StoredValue.Bytes(digits));
          return KeyValueResult.newBuilder().setNumber(after).build();
        });
  }

  KeyValueResult append(KeyValueOperation.Append append) {
    return withKey(
        append.getKey(),
        () -> {
          StoredValue before = values.get(append.getKey());
          if (before instanceof StoredValue.Bytes) {
            return wrongType("the key holds bytes, not a list");
          }
          StoredValue.Elements list =
              before instanceof StoredValue.Elements elements
                  ? elements
                  : new StoredValue.Elements();
          long size = list.sizeWith(append.getElement());
          if (size > KeyValueService.MOST_VALUE_BYTES) {
            return tooLarge(size);
          }
          list.append(append.getElement());
          values.put(append.getKey(), list);
          return KeyValueResult.newBuilder().setLength(list.length()).build();
        });
  }

  KeyValueResult scan(KeyValueOperation.Scan scan) {
    int most =
        scan.getLimit() > 0
            ? Math.min(scan.getLimit(), KeyValueService.MOST_SCAN_ENTRIES)
            : KeyValueService.MOST_SCAN_ENTRIES;
    KeyValueResult.Page.Builder page = KeyValueResult.Page.newBuilder();
    long bytes = 0;
    for (Map.Entry<ByteString, StoredValue> entry : from(scan).entrySet()) {
      if (!entry.getKey().startsWith(scan.getPrefix())) {
        break;
      }
      bytes += entry.getKey().size() + entry.getValue().size();
      boolean first = page.getEntriesCount() == 0;
      boolean full =
          page.getEntriesCount() == most || (bytes > KeyValueService.MOST_SCAN_BYTES && !first);
      if (full) {
        page.setMore(true);
        break;
      }
      page.addEntries(message(entry));
    }
    return KeyValueResult.newBuilder().setPage(page).build();
  }

  private NavigableMap<ByteString, StoredValue> from(KeyValueOperation.Scan scan) {
    boolean beforePrefix =
        ByteString.unsignedLexicographicalComparator().compare(scan.getAfter(), scan.getPrefix())
            < 0;
    return beforePrefix
        ? values.tailMap(scan.getPrefix(), true)
        : values.tailMap(scan.getAfter(), false);
  }

  /** Copies what leads to keys and values, which are shared; the message is made when asked for. */
  Supplier<KeyValueSnapshot> snapshotLater() {
    List<Map.Entry<ByteString, StoredValue>> now = new ArrayList<>(values.size());
    values.forEach((key, value) -> now.add(Map.entry(key, value.frozen())));
    return () -> {
      KeyValueSnapshot.Builder snapshot = KeyValueSnapshot.newBuilder();
      now.forEach(entry -> snapshot.addEntries(message(entry)));
      return snapshot.build();
    };
  }

  void restore(KeyValueSnapshot snapshot) {
    values.clear();
    for (KeyValueEntry entry : snapshot.getEntriesList()) {
      values.put(entry.getKey(), StoredValue.of(entry.getValue()));
    }
  }

  private static KeyValueEntry message(Map.Entry<ByteString, StoredValue> entry) {
    return KeyValueEntry.newBuilder()
        .setKey(entry.getKey())
        .setValue(entry.getValue().toMessage())
        .build();
  }

  private static KeyValueResult withKey(ByteString key, Supplier<KeyValueResult> operation) {
    if (key.isEmpty() || key.size() > KeyValueService.MOST_KEY_BYTES) {
      return failure(
          Failure.Reason.KEY_LENGTH,
          "a key has 1 to " + KeyValueService.MOST_KEY_BYTES + " bytes, this one " + key.size());
    }
    return operation.get();
  }

  /** The number that a value is, 0 for an absent one; null if it is none. */
  private static @Nullable Long number(@Nullable StoredValue value) {
    if (value == null) {
      return 0L;
    }
    if (!(value instanceof StoredValue.Bytes digits) || digits.size() > LONGEST_NUMBER) {
      return null;
    }
    try {
      String text = digits.bytes().toStringUtf8();
      return DIGITS.matcher(text).matches() ? Long.valueOf(text) : null;
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  private static KeyValueResult existed(@Nullable StoredValue before) {
    return KeyValueResult.newBuilder().setExisted(before != null).build();
  }

  private static KeyValueResult tooLarge(long size) {
    return failure(
        Failure.Reason.VALUE_TOO_LARGE,
        "a value has at most " + KeyValueService.MOST_VALUE_BYTES + " bytes, this one " + size);
  }

  private static KeyValueResult wrongType(String text) {
    return failure(Failure.Reason.WRONG_TYPE, text);
  }

  static KeyValueResult failure(Failure.Reason reason, String text) {
    return KeyValueResult.newBuilder()
        .setFailure(Failure.newBuilder().setReason(reason).setText(text))
        .build();
  }
}
