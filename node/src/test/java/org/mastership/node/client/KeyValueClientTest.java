package org.mastership.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mastership.node.service.KeyValueService;
import org.mastership.node.wire.ClientMessage;
import org.mastership.node.wire.KeyValueEntry;
import org.mastership.node.wire.KeyValueResult.Failure.Reason;
import org.mastership.node.wire.Result;
import org.mastership.node.wire.ServerMessage;

/** The typed operations, against the real service behind a server that answers at once. */
@Timeout(30)
class KeyValueClientTest {
  private final KeyValueService service = new KeyValueService();
  @AutoClose private final FakeServer server = new FakeServer(1).asMaster(1);

  @AutoClose
  private final MastershipClient client =
      new MastershipClient(ClientConfiguration.of(server.address()));

  private final KeyValueClient keys = new KeyValueClient(client);

  @BeforeEach
  void serve() {
    server.answer(this::answer);
  }

  @Test
  void bytesAreStoredReadAndRemoved() {
    assertThat(result(keys.get(bytes("a")))).isEmpty();
    assertThat(result(keys.put(bytes("a"), bytes("1")))).isFalse();
    assertThat(result(keys.get(bytes("a")))).contains(bytes("1"));
    assertThat(result(keys.delete(bytes("a")))).isTrue();
    assertThat(result(keys.get(bytes("a")))).isEmpty();
  }

  @Test
  void aKeyIsTakenByWhoeverFindsItAbsent() {
    assertThat(result(keys.compareAndSet(bytes("lock"), null, bytes("me")))).isTrue();
    assertThat(result(keys.compareAndSet(bytes("lock"), null, bytes("you")))).isFalse();
    assertThat(result(keys.compareAndSet(bytes("lock"), bytes("me"), bytes("you")))).isTrue();
  }

  @Test
  void numbersAndListsGrow() {
    assertThat(result(keys.increment(bytes("n"), 3))).isEqualTo(3);
    assertThat(result(keys.increment(bytes("n"), -5))).isEqualTo(-2);
    assertThat(result(keys.append(bytes("l"), bytes("x")))).isEqualTo(1);
    assertThat(result(keys.append(bytes("l"), bytes("y")))).isEqualTo(2);
    assertThat(result(keys.getList(bytes("l")))).contains(List.of(bytes("x"), bytes("y")));
    assertThat(result(keys.getList(bytes("absent")))).isEmpty();
  }

  @Test
  void aScanGoesOnAfterItsLastKey() {
    for (String key : List.of("a1", "a2", "a3", "b")) {
      result(keys.put(bytes(key), bytes("v")));
    }

    KeyValueClient.Page first = result(keys.scan(bytes("a"), ByteString.EMPTY, 2));
    KeyValueClient.Page rest = result(keys.scan(bytes("a"), bytes("a2"), 0));

    assertThat(first.entries())
        .extracting(KeyValueEntry::getKey)
        .containsExactly(bytes("a1"), bytes("a2"));
    assertThat(first.more()).isTrue();
    assertThat(rest.entries()).extracting(KeyValueEntry::getKey).containsExactly(bytes("a3"));
    assertThat(rest.more()).isFalse();
    assertThatThrownBy(() -> keys.scan(ByteString.EMPTY, ByteString.EMPTY, -1))
        .hasMessageContaining("0 or more");
  }

  @Test
  void whatTheServiceRefusesSaysWhy() {
    result(keys.put(bytes("text"), bytes("x")));
    result(keys.append(bytes("list"), bytes("x")));

    assertThat(refusal(keys.increment(bytes("text"), 1))).isEqualTo(Reason.NOT_A_NUMBER);
    assertThat(refusal(keys.append(bytes("text"), bytes("y")))).isEqualTo(Reason.WRONG_TYPE);
    assertThat(refusal(keys.get(bytes("list")))).isEqualTo(Reason.WRONG_TYPE);
    assertThat(refusal(keys.getList(bytes("text")))).isEqualTo(Reason.WRONG_TYPE);
    assertThat(refusal(keys.get(ByteString.EMPTY))).isEqualTo(Reason.KEY_LENGTH);
  }

  @Test
  void anAnswerOfAnotherServiceIsNotTakenForAResult() {
    server.answer(FakeServer::echo);

    assertThat(refusal(keys.put(bytes("a"), bytes("1")))).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void anOperationHasADeadline() {
    result(keys.get(bytes("a")));
    server.silent();

    assertThatThrownBy(() -> result(keys.withDeadline(Duration.ofMillis(30)).get(bytes("a"))))
        .hasCauseInstanceOf(DeadlineExceededException.class);
  }

  private Optional<ServerMessage> answer(ClientMessage message) {
    ByteString result;
    if (message.hasRequest()) {
      result = service.execute(message.getRequest().getOperation());
    } else if (message.hasQuery()) {
      result = service.query(message.getQuery().getOperation());
    } else {
      return FakeServer.echo(message);
    }
    return Optional.of(
        ServerMessage.newBuilder()
            .setId(message.getId())
            .setResult(Result.newBuilder().setResult(result))
            .build());
  }

  private static Reason refusal(CompletableFuture<?> call) {
    try {
      result(call);
    } catch (CompletionException e) {
      return ((KeyValueException) e.getCause()).reason();
    }
    throw new AssertionError("it was not refused");
  }

  private static <T> T result(CompletableFuture<T> call) {
    return call.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
