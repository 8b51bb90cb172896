package org.mastership.node.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mastership.node.service.Operations.append;
import static org.mastership.node.service.Operations.bytes;
import static org.mastership.node.service.Operations.delete;
import static org.mastership.node.service.Operations.execute;
import static org.mastership.node.service.Operations.get;
import static org.mastership.node.service.Operations.increment;
import static org.mastership.node.service.Operations.put;
import static org.mastership.node.service.Operations.putIfAbsent;
import static org.mastership.node.service.Operations.query;
import static org.mastership.node.service.Operations.result;
import static org.mastership.node.service.Operations.scan;
import static org.mastership.node.service.Operations.swap;

import com.google.protobuf.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mastership.node.wire.KeyValueEntry;
import org.mastership.node.wire.KeyValueOperation;
import org.mastership.node.wire.KeyValueResult;
import org.mastership.node.wire.KeyValueResult.Failure.Reason;

class KeyValueServiceTest {
  private final KeyValueService service = new KeyValueService();

  @Test
  void aKeyHoldsTheValueLastPut() {
    assertThat(execute(service, put("a", "1")).getExisted()).isFalse();
    assertThat(execute(service, put("a", "2")).getExisted()).isTrue();

    assertThat(query(service, get("a")).getRead().getValue().getBytes()).isEqualTo(bytes("2"));
  }

  @Test
  void anAbsentKeyReadsAsNoValueAndAnEmptyValueAsOne() {
    execute(service, put("empty", ""));

    assertThat(query(service, get("absent")).getRead().hasValue()).isFalse();
    assertThat(query(service, get("empty")).getRead().hasValue()).isTrue();
  }

  @Test
  void compareAndSetStoresOnlyOverTheExpectedValue() {
    assertThat(execute(service, putIfAbsent("a", "1")).getSwapped()).isTrue();
    assertThat(execute(service, putIfAbsent("a", "2")).getSwapped()).isFalse();
    assertThat(execute(service, swap("a", "3", "4")).getSwapped()).isFalse();
    assertThat(execute(service, swap("a", "1", "5")).getSwapped()).isTrue();
    assertThat(execute(service, swap("b", "", "5")).getSwapped()).isFalse();

    assertThat(query(service, get("a")).getRead().getValue().getBytes()).isEqualTo(bytes("5"));
  }

  @Test
  void incrementCountsFromZero() {
    assertThat(execute(service, increment("n", 5)).getNumber()).isEqualTo(5);
    assertThat(execute(service, increment("n", -7)).getNumber()).isEqualTo(-2);
    assertThat(query(service, get("n")).getRead().getValue().getBytes()).isEqualTo(bytes("-2"));
  }

  @Test
  void incrementReachesBothEndsOfTheRangeAndNotBeyond() {
    execute(service, put("most", Long.toString(Long.MAX_VALUE)));
    execute(service, put("least", Long.toString(Long.MIN_VALUE)));

    assertThat(execute(service, increment("most", 0)).getNumber()).isEqualTo(Long.MAX_VALUE);
    assertThat(reason(execute(service, increment("most", 1)))).isEqualTo(Reason.OVERFLOW);
    assertThat(reason(execute(service, increment("least", -1)))).isEqualTo(Reason.OVERFLOW);
    assertThat(execute(service, increment("least", Long.MAX_VALUE)).getNumber()).isEqualTo(-1);
    assertThat(execute(service, increment("most", 0)).getNumber()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "+1", "1.0", " 1", "٣", "9223372036854775808", "-"})
  void whatIsNoNumberIsNotIncremented(String value) {
    execute(service, put("n", value));

    assertThat(reason(execute(service, increment("n", 1)))).isEqualTo(Reason.NOT_A_NUMBER);
    assertThat(query(service, get("n")).getRead().getValue().getBytes()).isEqualTo(bytes(value));
  }

  @Test
  void aListKeepsTheOrderOfItsAppends() {
    assertThat(execute(service, append("l", "x")).getLength()).isEqualTo(1);
    assertThat(execute(service, append("l", "")).getLength()).isEqualTo(2);

    assertThat(query(service, get("l")).getRead().getValue().getList().getElementsList())
        .containsExactly(bytes("x"), bytes(""));
  }

  @Test
  void listsAndBytesAreNotTakenForEachOther() {
    execute(service, append("list", "x"));
    execute(service, put("bytes", "x"));

    assertThat(reason(execute(service, append("bytes", "y")))).isEqualTo(Reason.WRONG_TYPE);
    assertThat(reason(execute(service, swap("list", "x", "y")))).isEqualTo(Reason.WRONG_TYPE);
    assertThat(reason(execute(service, increment("list", 1)))).isEqualTo(Reason.NOT_A_NUMBER);
    assertThat(execute(service, put("list", "y")).getExisted()).isTrue();
  }

  @Test
  void aListGrowsToTheMostBytesOfAValue() {
    String half = "x".repeat(KeyValueService.MOST_VALUE_BYTES / 2 - 4);
    execute(service, append("l", half));

    assertThat(execute(service, append("l", half)).getLength()).isEqualTo(2);
    assertThat(reason(execute(service, append("l", "")))).isEqualTo(Reason.VALUE_TOO_LARGE);
    assertThat(query(service, get("l")).getRead().getValue().getList().getElementsCount())
        .isEqualTo(2);
  }

  @Test
  void keysAndValuesHaveBounds() {
    String longest = "k".repeat(KeyValueService.MOST_KEY_BYTES);
    String large = "v".repeat(KeyValueService.MOST_VALUE_BYTES);

    assertThat(reason(execute(service, put("", "v")))).isEqualTo(Reason.KEY_LENGTH);
    assertThat(reason(execute(service, get(longest + "k")))).isEqualTo(Reason.KEY_LENGTH);
    assertThat(execute(service, put(longest, large)).hasExisted()).isTrue();
    assertThat(reason(execute(service, put("a", large + "v")))).isEqualTo(Reason.VALUE_TOO_LARGE);
    assertThat(reason(execute(service, putIfAbsent("a", large + "v"))))
        .isEqualTo(Reason.VALUE_TOO_LARGE);
  }

  @Test
  void scanGoesByUnsignedBytesOnlyOverThePrefix() {
    for (String key : List.of("a", "pz", "p", "pé", "q", "pa")) {
      execute(service, put(key, "v"));
    }

    assertThat(keys(query(service, scan("p", "", 0)))).containsExactly("p", "pa", "pz", "pé");
    assertThat(keys(query(service, scan("", "", 0)))).hasSize(6);
    assertThat(keys(query(service, scan("p", "pz", 0)))).containsExactly("pé");
    assertThat(keys(query(service, scan("p", "z", 0)))).isEmpty();
  }

  @Test
  void aScanIsContinuedAfterItsLastKey() {
    for (String key : List.of("a", "b", "c")) {
      execute(service, put(key, "v"));
    }

    KeyValueResult first = query(service, scan("", "", 2));
    KeyValueResult second = query(service, scan("", "b", 2));

    assertThat(keys(first)).containsExactly("a", "b");
    assertThat(first.getPage().getMore()).isTrue();
    assertThat(keys(second)).containsExactly("c");
    assertThat(second.getPage().getMore()).isFalse();
  }

  @Test
  void aPageIsBoundedInBytesButNeverEmptyWhileThereIsMore() {
    execute(service, put("a", "v".repeat(KeyValueService.MOST_SCAN_BYTES + 1)));
    execute(service, put("b", "v".repeat(KeyValueService.MOST_SCAN_BYTES / 2)));
    execute(service, put("c", "v".repeat(KeyValueService.MOST_SCAN_BYTES / 2)));

    KeyValueResult first = query(service, scan("", "", 0));
    KeyValueResult second = query(service, scan("", "a", 0));

    assertThat(keys(first)).containsExactly("a");
    assertThat(first.getPage().getMore()).isTrue();
    assertThat(keys(second)).containsExactly("b");
    assertThat(second.getPage().getMore()).isTrue();
  }

  @Test
  void aQueryDoesNotWrite() {
    for (KeyValueOperation operation :
        List.of(
            put("a", "1"),
            delete("a"),
            putIfAbsent("a", "1"),
            increment("a", 1),
            append("a", "1"))) {
      assertThat(reason(query(service, operation))).isEqualTo(Reason.NOT_A_READ);
    }
    assertThat(query(service, get("a")).getRead().hasValue()).isFalse();
  }

  @Test
  void aRequestWithoutSenseHasAResultThatSaysSo() {
    ByteString nonsense = ByteString.fromHex("ffffff");

    assertThat(reason(result(service.execute(nonsense)))).isEqualTo(Reason.MALFORMED);
    assertThat(reason(result(service.query(nonsense)))).isEqualTo(Reason.MALFORMED);
    assertThat(reason(result(service.execute(ByteString.EMPTY)))).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void aSnapshotCarriesEverythingAndReplacesEverything() {
    execute(service, put("a", "1"));
    execute(service, append("l", "x"));
    execute(service, append("l", "y"));
    KeyValueService other = new KeyValueService();
    execute(other, put("stale", "1"));

    other.restore(service.snapshot());

    assertThat(other.snapshot()).isEqualTo(service.snapshot());
    assertThat(execute(other, append("l", "z")).getLength()).isEqualTo(3);
    assertThat(query(other, get("stale")).getRead().hasValue()).isFalse();
  }

  @Test
  void whatIsNoSnapshotIsRefused() {
    assertThatThrownBy(() -> service.restore(ByteString.fromHex("ffffff")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no snapshot");
  }

  private static Reason reason(KeyValueResult result) {
    return result.getFailure().getReason();
  }

  private static List<String> keys(KeyValueResult result) {
    return result.getPage().getEntriesList().stream()
        .map(KeyValueEntry::getKey)
        .map(ByteString::toStringUtf8)
        .toList();
  }
}
