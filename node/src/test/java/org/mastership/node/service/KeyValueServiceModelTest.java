package org.mastership.node.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.mastership.node.wire.KeyValue;
import org.mastership.node.wire.KeyValueOperation;
import org.mastership.node.wire.KeyValueResult;

/**
 * Whatever is asked of it in whatever order, the service answers as a naive map of texts and lists
 * does.
 */
class KeyValueServiceModelTest {
  @Property(tries = 500)
  void answersAsTheModelDoes(@ForAll("histories") List<KeyValueOperation> history) {
    KeyValueService service = new KeyValueService();
    Model model = new Model();
    for (KeyValueOperation operation : history) {
      KeyValueResult result = Operations.execute(service, operation);
      assertThat(describe(result)).as("after %s", operation).isEqualTo(model.apply(operation));
      service.restore(service.snapshot());
    }
  }

  @Provide
  Arbitrary<List<KeyValueOperation>> histories() {
    Arbitrary<String> keys = Arbitraries.of("a", "b", "ba", "c");
    Arbitrary<String> values = Arbitraries.of("0", "1", "x", Long.toString(Long.MAX_VALUE));
    Arbitrary<Long> steps = Arbitraries.of(1L, -2L, Long.MAX_VALUE, Long.MIN_VALUE);
    Arbitrary<String> starts = Arbitraries.of("", "a", "b", "d");
    return Arbitraries.oneOf(
            keys.map(Operations::get),
            Combinators.combine(keys, values).as(Operations::put),
            keys.map(Operations::delete),
            Combinators.combine(keys, values, values).as(Operations::swap),
            Combinators.combine(keys, values).as(Operations::putIfAbsent),
            Combinators.combine(keys, steps).as(Operations::increment),
            Combinators.combine(keys, values).as(Operations::append),
            Combinators.combine(starts, starts, Arbitraries.integers().between(0, 2))
                .as(Operations::scan))
        .list()
        .ofMaxSize(60);
  }

  private static String describe(KeyValueResult result) {
    return switch (result.getResultCase()) {
      case READ ->
          result.getRead().hasValue() ? value(result.getRead().getValue()).toString() : "absent";
      case EXISTED -> "existed " + result.getExisted();
      case SWAPPED -> "swapped " + result.getSwapped();
      case NUMBER -> "number " + result.getNumber();
      case LENGTH -> "length " + result.getLength();
      case PAGE ->
          result.getPage().getEntriesList().stream()
              .map(entry -> entry.getKey().toStringUtf8() + "=" + value(entry.getValue()))
              .collect(
                  Collectors.joining(",", "page ", result.getPage().getMore() ? " more" : " end"));
      case FAILURE -> result.getFailure().getReason().name();
      case RESULT_NOT_SET -> "no result";
    };
  }

  private static Object value(KeyValue value) {
    return value.hasList()
        ? value.getList().getElementsList().stream().map(ByteString::toStringUtf8).toList()
        : value.getBytes().toStringUtf8();
  }

  /** A map of texts and lists of texts; slow, and plain enough to be believed. */
  private static final class Model {
    private final Map<String, Object> values = new HashMap<>();

    String apply(KeyValueOperation operation) {
      return switch (operation.getOperationCase()) {
        case GET ->
            String.valueOf(values.getOrDefault(text(operation.getGet().getKey()), "absent"));
        case PUT -> {
          Object before =
              values.put(text(operation.getPut().getKey()), text(operation.getPut().getValue()));
          yield "existed " + (before != null);
        }
        case DELETE -> "existed " + (values.remove(text(operation.getDelete().getKey())) != null);
        case COMPARE_AND_SET -> swap(operation.getCompareAndSet());
        case INCREMENT -> increment(operation.getIncrement());
        case APPEND -> append(operation.getAppend());
        case SCAN -> scan(operation.getScan());
        case OPERATION_NOT_SET -> "MALFORMED";
      };
    }

    private String swap(KeyValueOperation.CompareAndSet swap) {
      Object before = values.get(text(swap.getKey()));
      if (before instanceof List) {
        return "WRONG_TYPE";
      }
      boolean swapped =
          swap.hasExpected() ? text(swap.getExpected()).equals(before) : before == null;
      if (swapped) {
        values.put(text(swap.getKey()), text(swap.getValue()));
      }
      return "swapped " + swapped;
    }

    private String increment(KeyValueOperation.Increment increment) {
      Object before = values.getOrDefault(text(increment.getKey()), "0");
      if (before instanceof List || before.equals("x")) {
        return "NOT_A_NUMBER";
      }
      BigInteger sum = new BigInteger(before.toString()).add(BigInteger.valueOf(increment.getBy()));
      if (sum.bitLength() > 63) {
        return "OVERFLOW";
      }
      values.put(text(increment.getKey()), sum.toString());
      return "number " + sum;
    }

    private String append(KeyValueOperation.Append append) {
      Object before = values.getOrDefault(text(append.getKey()), List.of());
      if (before instanceof String) {
        return "WRONG_TYPE";
      }
      List<Object> after = new ArrayList<>((List<?>) before);
      after.add(text(append.getElement()));
      values.put(text(append.getKey()), after);
      return "length " + after.size();
    }

    private String scan(KeyValueOperation.Scan scan) {
      List<String> keys =
          values.keySet().stream()
              .filter(key -> key.startsWith(text(scan.getPrefix())))
              .filter(key -> key.compareTo(text(scan.getAfter())) > 0)
              .sorted()
              .toList();
      int limit = scan.getLimit() == 0 ? keys.size() : Math.min(scan.getLimit(), keys.size());
      return keys.stream()
          .limit(limit)
          .map(key -> key + "=" + values.get(key))
          .collect(Collectors.joining(",", "page ", limit < keys.size() ? " more" : " end"));
    }

    private static String text(ByteString bytes) {
      return bytes.toStringUtf8();
    }
  }
}
