package org.mastership.harness.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final NullNode NONE = NullNode.getInstance();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("history.jsonl");
  }

  private Map<String, List<Operation>> read(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines));
    return HistoryReader.operations(file);
  }

  @Test
  void whatIsWrittenIsReadWithQuestionsAndAnswersTogether() throws IOException {
    try (HistoryWriter writer = new HistoryWriter(file)) {
      writer.invoke(1, "put", "k", TextNode.valueOf("a"));
      writer.invoke(2, "get", "k", NONE);
      writer.invoke(3, "incr", "n", LongNode.valueOf(1));
      writer.ok(1, "put", "k", NONE);
      writer.fail(2, "get", "k");
      writer.info(3, "incr", "n");
      writer.invoke(4, "get", "k", NONE);
    }

    Map<String, List<Operation>> operations = HistoryReader.operations(file);

    assertThat(operations).containsOnlyKeys("k", "n");
    assertThat(operations.get("k"))
        .extracting(Operation::f, Operation::invoked, Operation::completed)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("put", 1L, 4L),
            org.assertj.core.groups.Tuple.tuple("get", 7L, Operation.NEVER));
    assertThat(operations.get("n").get(0).argument()).isEqualTo(LongNode.valueOf(1));
    assertThat(operations.get("n").get(0).isAnswered()).isFalse();
  }

  @Test
  void whatIsFlushedCanBeReadBeforeTheFileIsClosed() throws IOException {
    try (EventWriter writer = new EventWriter(file)) {
      writer.write(new Event(1, Event.Type.INVOKE, "get", "k", NONE, 5));
      writer.flush();

      assertThat(HistoryReader.operations(file)).containsOnlyKeys("k");
    }
  }

  @Test
  void linesAreOneObjectEachInTheOrderWritten() throws IOException {
    try (HistoryWriter writer = new HistoryWriter(file)) {
      writer.invoke(1, "put", "k", TextNode.valueOf("a\nb"));
      writer.ok(1, "put", "k", NONE);
    }

    assertThat(Files.readAllLines(file))
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "{\"process\":1,\"type\":\"invoke\",\"f\":\"put\",\"key\":\"k\",\"value\":\"a\\nb\"");
  }

  @Test
  void aLastLineThatWasCutOffIsIgnored() throws IOException {
    assertThat(
            read(
                "{\"process\":1,\"type\":\"invoke\",\"f\":\"get\",\"key\":\"k\"}",
                "{\"process\":1,\"ty"))
        .containsOnlyKeys("k");
  }

  @Test
  void anythingElseThatIsNoHistoryIsRefusedWithItsLine() {
    String get = "{\"process\":1,\"type\":\"invoke\",\"f\":\"get\",\"key\":\"k\"}";
    assertThatThrownBy(() -> read(get, "nonsense", get))
        .hasMessageContaining("line 2: is not JSON");
    assertThatThrownBy(() -> read(get, get))
        .hasMessageContaining("line 2: process 1 still waits for its question of line 1");
    assertThatThrownBy(() -> read("{\"process\":1,\"type\":\"ok\",\"f\":\"get\"}"))
        .hasMessageContaining("line 1: process 1 has not asked get");
    assertThatThrownBy(() -> read("{\"process\":1,\"type\":\"maybe\",\"f\":\"get\"}"))
        .hasMessageContaining("'type' must be invoke, ok, fail or info, not 'maybe'");
    assertThatThrownBy(() -> read("{\"type\":\"ok\",\"f\":\"get\"}"))
        .hasMessageContaining("'process' must be a number");
  }

  @Test
  void aLineIsBoundedInLength() throws IOException {
    Files.writeString(file, "{\"f\":\"" + "a".repeat(Events.LONGEST_ENTRY) + "\"}\n");

    assertThatThrownBy(() -> HistoryReader.operations(file))
        .hasMessageContaining("line 1: is longer than 16777216 bytes");
  }

  @Test
  void linesAreFoundWhereverTheChunksOfTheFileEnd() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      text.append("{\"process\":%d,\"type\":\"invoke\",\"f\":\"get\"}%n".formatted(i));
    }
    Files.writeString(file, text);

    assertThat(HistoryReader.operations(file).get(""))
        .hasSize(40_000)
        .allSatisfy(each -> assertThat(each.invoked()).isEqualTo(each.process() + 1));
  }

  @Test
  void whatIsNotOfTheFormatIsIgnoredAndSoIsWhatNoClientDid() throws IOException {
    assertThat(
            read(
                "{\"process\":\"nemesis\",\"type\":\"info\",\"f\":\"kill\",\"value\":[1,{}]}",
                "",
                "{\"error\":{\"a\":[1]},\"process\":1,\"type\":\"invoke\",\"f\":\"get\",\"key\":7}"))
        .containsOnlyKeys("7");
  }
}
