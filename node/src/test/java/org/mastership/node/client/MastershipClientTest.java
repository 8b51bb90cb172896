package org.mastership.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.assertj.core.api.ThrowableTypeAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.wire.ClientMessage;
import org.mastership.node.wire.Rejected.Reason;
import org.mastership.node.wire.Request;
import org.mastership.node.wire.ServerMessage;
import org.mastership.node.wire.Status;

/** The client's corner cases, against servers that do as the test says. */
@Timeout(30)
class MastershipClientTest {
  private final FakeServer one = new FakeServer(1);
  private final FakeServer two = new FakeServer(2);
  private ClientConfiguration configuration = ClientConfiguration.of(one.address(), two.address());
  private final List<MastershipClient> clients = new ArrayList<>();

  @AfterEach
  void close() {
    clients.forEach(MastershipClient::close);
    one.close();
    two.close();
  }

  @Test
  void theFirstRequestOpensASessionAndRequestsAreNumbered() {
    masterIs(one, 10);
    MastershipClient client = client();

    assertThat(result(client.request(bytes("a")))).isEqualTo(bytes("a"));
    assertThat(result(client.request(bytes("b")))).isEqualTo(bytes("b"));

    assertThat(one.received.get(0).hasOpenSession()).isTrue();
    assertThat(one.requests()).containsExactly(request(1, 1, "a"), request(2, 2, "b"));
    assertThat(client.counters()).isEqualTo(new ClientCounters(2, 0, 0, 0));
  }

  @Test
  void aQueryNeedsNoSession() {
    masterIs(one, 10);

    assertThat(result(client().query(bytes("a")))).isEqualTo(bytes("a"));

    assertThat(one.received).hasSize(1);
  }

  @Test
  void aRedirectIsFollowedUnderTheSameNumber() {
    masterIs(one, 10);
    one.answer(
        message ->
            message.hasRequest()
                ? FakeServer.notMaster(message, 2, two.address().toString())
                : FakeServer.echo(message));
    MastershipClient client = client();

    assertThat(result(client.request(bytes("a")))).isEqualTo(bytes("a"));

    assertThat(one.requests()).containsExactly(request(1, 1, "a"));
    assertThat(two.requests()).containsExactly(request(1, 1, "a"));
    assertThat(client.counters()).isEqualTo(new ClientCounters(1, 0, 1, 1));
  }

  @Test
  void aServerThatIsNotMasterYetIsAskedAgainALittleLater() {
    masterIs(one, 10);
    AtomicInteger denials = new AtomicInteger(3);
    one.answer(
        message ->
            message.hasRequest() && denials.getAndDecrement() > 0
                ? FakeServer.notMaster(message, 0, "")
                : FakeServer.echo(message));
    MastershipClient client = client();

    assertThat(result(client.request(bytes("a")))).isEqualTo(bytes("a"));

    assertThat(one.requests()).hasSize(4).containsOnly(request(1, 1, "a"));
    assertThat(client.counters().redirected()).isEqualTo(3);
  }

  @Test
  void aMasterThatHasHandedOverIsNotAskedAgainThoughOthersStillNameIt() {
    masterIs(one, 10);
    two.silent();
    MastershipClient client = client();
    result(client.request(bytes("before")));
    one.answer(
        message -> {
          one.announce(10, 1, one.address());
          return FakeServer.notMaster(message, 2, two.address().toString());
        });

    CompletableFuture<ByteString> a = client.request(bytes("a"));
    await().until(() -> two.requests().size() == 1);
    two.announce(10, 1, one.address());
    two.answer(
        message ->
            message.getRequest().getOperation().equals(bytes("b"))
                ? FakeServer.echo(message)
                : Optional.empty());
    two.asMaster(11);
    CompletableFuture<ByteString> b = client.request(bytes("b"));

    assertThat(result(b)).isEqualTo(bytes("b"));
    assertThat(one.requests()).containsExactly(request(1, 1, "before"), request(2, 2, "a"));
    assertThat(client.counters().redirected()).isEqualTo(1);
    assertThat(a).isNotDone();
  }

  @Test
  void aClientThatIsToldOfAHandOverAsksTheSuccessorAtOnce() {
    masterIs(one, 10);
    MastershipClient client = client();
    result(client.request(bytes("before")));
    one.silent();
    CompletableFuture<ByteString> a = client.request(bytes("a"));
    await().until(() -> one.requests().size() == 2);

    one.announceOver(10, 2, two.address());

    assertThat(result(a)).isEqualTo(bytes("a"));
    assertThat(two.requests()).containsExactly(request(2, 2, "a"));
    assertThat(client.counters()).isEqualTo(new ClientCounters(2, 0, 1, 0));
  }

  @Test
  void aMasterThatHasHandedOverIsAskedAgainWhereAnotherNamesItUnderALaterEpoch() {
    masterIs(one, 10);
    MastershipClient client = client();
    result(client.request(bytes("before")));
    one.silent();
    CompletableFuture<ByteString> between = client.request(bytes("between"));
    await().until(() -> one.requests().size() == 2);
    two.asMaster(11);
    one.announceOver(10, 2, two.address());
    assertThat(result(between)).isEqualTo(bytes("between"));

    one.answer(FakeServer::echo);
    two.answer(message -> FakeServer.notMaster(message, 1, one.address().toString()));
    two.announce(12, 1, one.address());

    assertThat(result(client.request(bytes("after")))).isEqualTo(bytes("after"));
    assertThat(one.requests()).last().isEqualTo(request(3, 3, "after"));
    assertThat(two.requests()).contains(request(2, 2, "between"));
  }

  @Test
  void aSuccessorThatHasNotHeardOfItYetIsAskedAgainAndNotTheOldMaster() {
    masterIs(one, 10);
    AtomicInteger denials = new AtomicInteger(2);
    two.answer(
        message ->
            message.hasRequest() && denials.getAndDecrement() > 0
                ? FakeServer.notMaster(message, 1, one.address().toString())
                : FakeServer.echo(message));
    one.answer(
        message ->
            message.hasRequest()
                ? FakeServer.notMaster(message, 2, two.address().toString())
                : FakeServer.echo(message));
    MastershipClient client = client();

    assertThat(result(client.request(bytes("a")))).isEqualTo(bytes("a"));

    assertThat(one.requests()).containsExactly(request(1, 1, "a"));
    assertThat(two.requests()).hasSize(3).containsOnly(request(1, 1, "a"));
  }

  @Test
  void aRequestOnALostConnectionIsSentAgainUnderTheSameNumber() {
    masterIs(one, 10);
    MastershipClient client = client();
    one.answer(
        message -> {
          if (message.hasRequest()) {
            one.answer(FakeServer::echo);
            one.disconnect();
            return Optional.empty();
          }
          return FakeServer.echo(message);
        });

    assertThat(result(client.request(bytes("a")))).isEqualTo(bytes("a"));

    assertThat(one.requests()).containsExactly(request(1, 1, "a"), request(1, 1, "a"));
    assertThat(client.counters()).isEqualTo(new ClientCounters(1, 0, 1, 0));
  }

  @Test
  void allThatIsUnderWayFollowsTheMastershipInOrder() {
    masterIs(one, 10);
    MastershipClient client = client();
    result(client.request(bytes("before")));
    one.silent();
    CompletableFuture<ByteString> a = client.request(bytes("a"));
    CompletableFuture<ByteString> b = client.request(bytes("b"));
    CompletableFuture<ByteString> read = client.query(bytes("read"));
    await().until(() -> one.requests().size() == 3);

    masterIs(two, 11);

    assertThat(result(a)).isEqualTo(bytes("a"));
    assertThat(result(b)).isEqualTo(bytes("b"));
    assertThat(result(read)).isEqualTo(bytes("read"));
    assertThat(two.requests()).containsExactly(request(2, 2, "a"), request(3, 2, "b"));
  }

  @Test
  void anOlderMastershipDoesNotDrawTheClientAway() {
    masterIs(two, 11);
    MastershipClient client = client();
    result(client.request(bytes("a")));

    one.asMaster(10);

    assertThat(result(client.request(bytes("b")))).isEqualTo(bytes("b"));
    assertThat(two.requests()).hasSize(2);
    assertThat(one.requests()).isEmpty();
  }

  @Test
  void afterTheMastersDeathTheOthersAreAskedUntilOneIsMaster() {
    masterIs(one, 10);
    MastershipClient client = client();
    result(client.request(bytes("a")));
    one.close();
    CompletableFuture<ByteString> b = client.request(bytes("b"));

    two.asMaster(11);

    assertThat(result(b)).isEqualTo(bytes("b"));
    assertThat(two.requests()).containsExactly(request(2, 2, "b"));
  }

  @Test
  void aMasterThatSaysNothingIsDialledAgain() {
    masterIs(one, 10);
    MastershipClient client = client();
    result(client.request(bytes("a")));
    AtomicInteger dropped = new AtomicInteger();
    one.answer(
        message -> dropped.getAndIncrement() == 0 ? Optional.empty() : FakeServer.echo(message));

    assertThat(result(client.request(bytes("b")))).isEqualTo(bytes("b"));

    assertThat(one.requests().subList(1, 3)).containsOnly(request(2, 2, "b"));
  }

  @Test
  void onceTheMasterAnswersOnlyItAndAWatcherStayConnected() {
    try (FakeServer three = new FakeServer(3)) {
      configuration = ClientConfiguration.of(one.address(), two.address(), three.address());
      masterIs(three, 10);
      MastershipClient client = client();
      result(client.request(bytes("a")));

      await()
          .untilAsserted(
              () -> {
                assertThat(three.connections()).isEqualTo(1);
                assertThat(one.connections() + two.connections()).isEqualTo(1);
              });

      FakeServer watcher = one.connections() == 1 ? one : two;
      FakeServer other = watcher == one ? two : one;
      watcher.close();
      await().until(() -> other.connections() == 1);
    }
  }

  @Test
  void aMasterIsLearnedFromItsAddressWhereItIsNotConfigured() {
    configuration = ClientConfiguration.of(one.address());
    masterIs(two, 10);

    assertThat(result(client().request(bytes("a")))).isEqualTo(bytes("a"));
  }

  @Test
  void aMasterIsKnownByItsNumberWhereItsAddressIsNotReachableFromHere() {
    Address inside = new Address("name.inside.invalid", 1);
    one.announce(10, 2, inside);
    two.announce(10, 2, inside);

    assertThat(result(client().request(bytes("a")))).isEqualTo(bytes("a"));
    assertThat(two.requests()).hasSize(1);
  }

  @Test
  void withoutAnAnswerTheOutcomeIsUnknownAndTheNumberIsGivenUp() {
    masterIs(one, 10);
    MastershipClient client = client();
    result(client.request(bytes("a")));
    one.silent();

    failure(client.request(bytes("b"), Duration.ofMillis(50)), DeadlineExceededException.class)
        .withMessageContaining("no answer within 50 ms")
        .withMessageContaining("unknown")
        .withMessageContaining(one.address() + ": connected");

    one.answer(FakeServer::echo);
    assertThat(result(client.request(bytes("c")))).isEqualTo(bytes("c"));
    assertThat(one.requests().get(one.requests().size() - 1)).isEqualTo(request(3, 3, "c"));
    assertThat(client.counters().failed()).isEqualTo(1);
  }

  @Test
  void withoutAMasterTheErrorSaysWhatIsWrongWithEachServer() throws Exception {
    Address nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = new Address("127.0.0.1", socket.getLocalPort());
    }
    two.refuse("it is of group 'b', this is 'a'");
    configuration = ClientConfiguration.of(one.address(), two.address(), nobody);

    MastershipClient client = client();

    await()
        .untilAsserted(
            () ->
                failure(client.request(bytes("a"), Duration.ofMillis(300)), NoMasterException.class)
                    .withMessageContaining("not executed")
                    .withMessageContaining(one.address() + ": connected, it knows no master")
                    .withMessageContaining(
                        two.address() + ": it refuses this client: it is of group 'b'")
                    .withMessageContaining(nobody + ": ")
                    .withMessageContaining("Connection refused"));
  }

  @Test
  void anExpiredSessionFailsWhatIsUnderWayAndTheNextRequestOpensANewOne() {
    masterIs(one, 10);
    MastershipClient client = client();
    one.answer(message -> message.hasRequest() ? Optional.empty() : FakeServer.echo(message));
    CompletableFuture<ByteString> a = client.request(bytes("a"));
    await().until(() -> one.requests().size() == 1);
    one.answer(
        message ->
            message.hasRequest()
                ? FakeServer.reject(message, Reason.SESSION_EXPIRED)
                : FakeServer.echo(message));

    failure(client.request(bytes("b")), SessionExpiredException.class)
        .withMessageContaining("unknown");
    failure(a, SessionExpiredException.class);

    one.answer(FakeServer::echo);
    assertThat(result(client.request(bytes("c")))).isEqualTo(bytes("c"));
    assertThat(one.requests().get(2)).isEqualTo(request(1, 1, "c"));
    assertThat(one.received.stream().filter(ClientMessage::hasOpenSession)).hasSize(2);
  }

  @Test
  void aBusyServerIsAskedAgainUnderTheSameNumber() {
    masterIs(one, 10);
    AtomicInteger busy = new AtomicInteger(2);
    one.answer(
        message ->
            busy.getAndDecrement() > 0
                ? FakeServer.reject(message, Reason.BUSY)
                : FakeServer.echo(message));
    MastershipClient client = client();

    assertThat(result(client.request(bytes("a")))).isEqualTo(bytes("a"));
    assertThat(client.counters().retried()).isEqualTo(2);
  }

  @Test
  void whatTheServiceFailsOnIsNotTriedAgain() {
    masterIs(one, 10);
    one.answer(
        message ->
            message.hasRequest()
                ? FakeServer.reject(message, Reason.FAILED)
                : FakeServer.echo(message));

    failure(client().request(bytes("a")), RequestRejectedException.class)
        .withMessageContaining("as the test says")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(RequestRejectedException.Reason.FAILED));
    assertThat(one.requests()).hasSize(1);
  }

  @Test
  void anOversizedOperationIsRefusedAtOnceAndNotSent() {
    masterIs(one, 10);
    configuration = configuration.withMostRequestBytes(3);
    MastershipClient client = client();

    failure(client.request(bytes("1234")), RequestRejectedException.class)
        .withMessageContaining("4 bytes, this client takes at most 3");
    result(client.request(bytes("123")));

    assertThat(one.requests()).hasSize(1);
  }

  @Test
  void beyondTheWindowACallFailsAtOnceUntilAnotherHasEnded() {
    masterIs(one, 10);
    configuration = configuration.withWindow(2);
    MastershipClient client = client();
    result(client.request(bytes("first")));
    one.silent();
    CompletableFuture<ByteString> a = client.request(bytes("a"));
    CompletableFuture<ByteString> b = client.request(bytes("b"));

    failure(client.request(bytes("c")), TooManyOutstandingException.class)
        .withMessageContaining("2 operations are under way");

    one.answer(FakeServer::echo);
    one.disconnect();
    CompletableFuture<ByteString> next = a.thenCompose(done -> client.request(bytes("d")));
    assertThat(result(b)).isEqualTo(bytes("b"));
    assertThat(result(next)).isEqualTo(bytes("d"));
  }

  @Test
  void whileOneRequestIsUnansweredTheNumbersStayWithinTheWindow() {
    masterIs(one, 10);
    configuration = configuration.withWindow(4);
    MastershipClient client = client();
    one.answer(
        message ->
            message.hasRequest() && message.getRequest().getNumber() == 1
                ? Optional.empty()
                : FakeServer.echo(message));
    CompletableFuture<ByteString> stuck = client.request(bytes("stuck"));
    for (int number = 2; number <= 4; number++) {
      result(client.request(bytes("next")));
    }

    CompletableFuture<ByteString> held = client.request(bytes("held"));
    result(client.query(bytes("read")));
    assertThat(one.requests()).hasSize(4);

    one.answer(FakeServer::echo);
    one.disconnect();
    assertThat(result(held)).isEqualTo(bytes("held"));
    assertThat(result(stuck)).isEqualTo(bytes("stuck"));
  }

  @Test
  void manyThreadsMayCallAtTheSameTime() throws Exception {
    masterIs(one, 10);
    MastershipClient client = client();
    Set<String> wrong = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      String name = "t" + thread + "-";
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 500; i++) {
                  if (!result(client.request(bytes(name + i))).equals(bytes(name + i))) {
                    wrong.add(name + i);
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(wrong).isEmpty();
    assertThat(one.requests().stream().map(Request::getNumber))
        .hasSize(2000)
        .doesNotHaveDuplicates();
    assertThat(client.counters().answered()).isEqualTo(2000);
  }

  @Test
  void anyServerTellsItsStatus() {
    two.answer(
        message ->
            Optional.of(
                ServerMessage.newBuilder()
                    .setId(message.getId())
                    .setStatus(Status.newBuilder().setJson("{\"name\":\"two\"}"))
                    .build()));

    assertThat(client().status(two.address()))
        .succeedsWithin(Duration.ofSeconds(10))
        .isEqualTo("{\"name\":\"two\"}");
    await().until(() -> two.connections() == 0);
  }

  @Test
  void aServerWithoutStatusIsAnErrorThatSaysWhy() {
    one.refuse("wrong group");
    two.silent();

    failure(client().status(one.address()), ServerUnreachableException.class)
        .withMessageContaining("no answer from " + one.address())
        .withMessageContaining("wrong group");
    configuration = configuration.withDeadline(Duration.ofMillis(100));
    failure(client().status(two.address()), ServerUnreachableException.class)
        .withMessageContaining("no answer within 100 ms");
  }

  @Test
  void closingEndsWhatIsUnderWay() {
    masterIs(one, 10);
    one.silent();
    MastershipClient client = client();
    CompletableFuture<ByteString> a = client.request(bytes("a"));

    client.close();

    failure(a, ClientClosedException.class);
    failure(client.request(bytes("b")), ClientClosedException.class);
    failure(client.status(one.address()), ClientClosedException.class);
    await().until(() -> one.connections() == 0);
  }

  @Test
  void aConfigurationThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> ClientConfiguration.of())
        .hasMessageContaining("the address of one server");
    assertThatThrownBy(() -> configuration.withWindow(1025)).hasMessageContaining("1 to 1024");
    assertThatThrownBy(() -> configuration.withDeadline(Duration.ZERO))
        .hasMessageContaining("more than 0");
    assertThatThrownBy(() -> configuration.withMostRequestBytes(0))
        .hasMessageContaining("1 or more");
  }

  private void masterIs(FakeServer master, long epoch) {
    int number = master == one ? 1 : master == two ? 2 : 3;
    master.asMaster(epoch);
    for (FakeServer server : List.of(one, two)) {
      server.announce(epoch, number, master.address());
    }
  }

  private MastershipClient client() {
    MastershipClient client = new MastershipClient(configuration);
    clients.add(client);
    return client;
  }

  private static Request request(long number, long answeredBelow, String operation) {
    return Request.newBuilder()
        .setSession(FakeServer.SESSION)
        .setNumber(number)
        .setAnsweredBelow(answeredBelow)
        .setOperation(bytes(operation))
        .build();
  }

  private static ByteString result(CompletableFuture<ByteString> call) {
    return call.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static <T extends ClientException> ThrowableAssertAlternative<T> failure(
      CompletableFuture<?> call, Class<T> kind) {
    return new ThrowableTypeAssert<>(kind)
        .isThrownBy(
            () -> {
              try {
                call.orTimeout(20, TimeUnit.SECONDS).join();
              } catch (CompletionException e) {
                throw e.getCause();
              }
            });
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
