package org.mastership.node.client;

import com.google.protobuf.ByteString;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.names.NameServer;
import org.mastership.node.names.NameServers;
import org.mastership.node.transport.Dialer;
import org.mastership.node.transport.EventLoops;
import org.mastership.node.transport.Frames;
import org.mastership.node.transport.Tls;
import org.mastership.node.transport.TransportException;
import org.mastership.node.wire.ClientMessage;
import org.mastership.node.wire.Hello;
import org.mastership.node.wire.ResignRequest;
import org.mastership.node.wire.ServerMessage;
import org.mastership.node.wire.SnapshotRequest;
import org.mastership.node.wire.StatusRequest;

/**
 * A client of one server group, for any number of threads: it finds the master, keeps to it, and
 * follows the mastership to another server without its user noticing more than a delay.
 *
 * <p>{@link #request} has an operation executed by every server, exactly once however often it had
 * to be sent; {@link #query} reads from the master, and sees every operation whose result was given
 * out before. Operations under way at the same time may be executed in any order.
 *
 * <p>Up to {@link ClientConfiguration#window()} operations may be under way; one more fails at once
 * with {@link TooManyOutstandingException}, it does not wait. Connections are opened with the first
 * call, and kept: to the master, and to one more server that tells of a new one.
 */
public final class MastershipClient implements Requests, AutoCloseable {
  private final ClientConfiguration configuration;
  private final EventLoopGroup loops;
  private final EventLoop loop;
  private final Optional<SslContext> tls;
  private final Counters counters;
  private final Calls calls;
  private final Optional<MasterFinder> finder;
  private final Queue<Call> submitted = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * A client; nothing is sent yet.
   *
   * @throws IllegalArgumentException if the TLS files or the name server's key can not be used; the
   *     message says why
   */
  public MastershipClient(ClientConfiguration configuration) {
    this.configuration = configuration;
    this.counters = new Counters(configuration.window());
    Optional<NameServer> names =
        configuration.nameServer().map(each -> NameServers.of(each, configuration.group()));
    try {
      this.tls = Tls.connecting(configuration.tls());
    } catch (TransportException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    this.loops = EventLoops.single("mastership-client");
    this.loop = loops.next();
    this.calls = new Calls(configuration, loop, this::dialer, counters);
    Servers servers = calls.servers();
    this.finder =
        names.map(
            server ->
                new MasterFinder(
                    server,
                    servers::isSearching,
                    address -> loop.execute(() -> servers.named(address))));
  }

  private Dialer dialer(Address address) {
    Hello hello =
        Hello.newBuilder()
            .setVersion(Frames.VERSION)
            .setKind(Hello.Kind.CLIENT)
            .setGroup(configuration.group())
            .build();
    return new Dialer(loop, tls, address, hello);
  }

  /** The configuration of this client. */
  public ClientConfiguration configuration() {
    return configuration;
  }

  /** As {@link #request(ByteString, Duration)}, with the configured deadline. */
  public CompletableFuture<ByteString> request(ByteString operation) {
    return request(operation, configuration.deadline());
  }

  /**
   * Has an operation executed, once.
   *
   * @param operation in the service's own format
   * @param deadline from now, by which the future has ended, give or take some 10 ms; more than 0
   * @return the result; or fails with a {@link ClientException}
   */
  @Override
  public CompletableFuture<ByteString> request(ByteString operation, Duration deadline) {
    return submit(Call.Kind.REQUEST, operation, deadline);
  }

  /** As {@link #query(ByteString, Duration)}, with the configured deadline. */
  public CompletableFuture<ByteString> query(ByteString operation) {
    return query(operation, configuration.deadline());
  }

  /**
   * Reads from the master's state, linearizably and without an entry of the log.
   *
   * @param operation in the service's own format; one that only reads
   * @param deadline as for {@link #request(ByteString, Duration)}
   * @return the result; or fails with a {@link ClientException}
   */
  @Override
  public CompletableFuture<ByteString> query(ByteString operation, Duration deadline) {
    return submit(Call.Kind.QUERY, operation, deadline);
  }

  private CompletableFuture<ByteString> submit(
      Call.Kind kind, ByteString operation, Duration deadline) {
    ClientConfiguration.requireDeadline(deadline);
    if (closed.get()) {
      return refused(new ClientClosedException("the client is closed; nothing was sent"));
    }
    if (operation.size() > configuration.mostRequestBytes()) {
      return refused(tooLarge(operation.size()));
    }
    if (!counters.begin()) {
      return CompletableFuture.failedFuture(
          new TooManyOutstandingException(
              configuration.window() + " operations are under way, as many as the window allows"));
    }
    long now = System.nanoTime();
    Call call = new Call(kind, operation, now, now + deadline.toNanos());
    submitted.add(call);
    drainSoon();
    return call.result;
  }

  private CompletableFuture<ByteString> refused(ClientException why) {
    counters.refused();
    return CompletableFuture.failedFuture(why);
  }

  private ClientException tooLarge(int bytes) {
    return new RequestRejectedException(
        RequestRejectedException.Reason.TOO_LARGE,
        "the operation has "
            + bytes
            + " bytes, this client takes at most "
            + configuration.mostRequestBytes());
  }

  /** What was submitted meanwhile by whatever threads is written in one go. */
  private void drainSoon() {
    if (!draining.compareAndSet(false, true)) {
      return;
    }
    try {
      loop.execute(this::drain);
    } catch (RejectedExecutionException e) {
      draining.set(false);
      failSubmitted();
    }
  }

  private void drain() {
    draining.set(false);
    if (closed.get()) {
      failSubmitted();
      return;
    }
    for (Call call = submitted.poll(); call != null; call = submitted.poll()) {
      calls.accept(call);
    }
    calls.readComplete();
  }

  private void failSubmitted() {
    for (Call call = submitted.poll(); call != null; call = submitted.poll()) {
      counters.failed(
          call, new ClientClosedException("the client is closed; the operation was not sent"));
    }
  }

  /**
   * Asks one server, master or not and also one of no configured address, how it is.
   *
   * @return its status as JSON; or fails with {@link ServerUnreachableException} within the
   *     configured deadline
   */
  public CompletableFuture<String> status(Address address) {
    ClientMessage.Builder question =
        ClientMessage.newBuilder().setStatus(StatusRequest.getDefaultInstance());
    return ask(address, question).thenApply(answer -> answer.getStatus().getJson());
  }

  /**
   * Has the master hand over in good order (R10): it brings its successor up to date first, so that
   * nobody waits for a time-out.
   *
   * @param master the master's address
   * @param to the name of the server that is to be master; empty for the one that has most of the
   *     log
   * @return the name of the server that it has handed over to; or fails with {@link
   *     NoMasterException} if that server is not master, {@link RequestRejectedException} if it can
   *     not hand over, {@link ServerUnreachableException}
   */
  public CompletableFuture<String> resign(Address master, String to) {
    ClientMessage.Builder question =
        ClientMessage.newBuilder().setResign(ResignRequest.newBuilder().setTo(to));
    return ask(master, question)
        .thenCompose(
            answer -> {
              if (answer.hasResigned()) {
                return CompletableFuture.completedFuture(answer.getResigned().getTo());
              }
              return CompletableFuture.failedFuture(
                  answer.hasRejected()
                      ? RequestRejectedException.of(answer.getRejected())
                      : new NoMasterException("the server at " + master + " is not master"));
            });
  }

  /**
   * Has one server, master or not, put a snapshot in the place of the log that it has executed.
   *
   * @return its newest snapshot, once that is on stable storage; or fails with {@link
   *     RequestRejectedException} if it can not take one, which says why, {@link
   *     ServerUnreachableException}
   */
  public CompletableFuture<ServerSnapshot> snapshot(Address address) {
    ClientMessage.Builder question =
        ClientMessage.newBuilder().setSnapshot(SnapshotRequest.getDefaultInstance());
    return ask(address, question)
        .thenCompose(
            answer ->
                answer.hasRejected()
                    ? CompletableFuture.failedFuture(
                        RequestRejectedException.of(answer.getRejected()))
                    : CompletableFuture.completedFuture(ServerSnapshot.of(answer)));
  }

  private CompletableFuture<ServerMessage> ask(Address address, ClientMessage.Builder question) {
    CompletableFuture<ServerMessage> answer = new CompletableFuture<>();
    long millis = configuration.deadline().toMillis();
    try {
      loop.execute(
          () -> {
            DirectCall call = new DirectCall(address, question, answer);
            Channel channel = dialer(address).dial(call);
            loop.schedule(
                () -> call.failed(Dialer.Reason.FAILED, "no answer within " + millis + " ms"),
                millis,
                TimeUnit.MILLISECONDS);
            answer.whenComplete((message, failure) -> channel.close());
          });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new ClientClosedException("the client is closed"));
    }
    return answer;
  }

  /** What this client has done so far. */
  public ClientCounters counters() {
    return counters.sums();
  }

  /** Ends all calls under way with {@link ClientClosedException} and lets the connections go. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    finder.ifPresent(MasterFinder::close);
    loop.execute(
        () -> {
          calls.close();
          failSubmitted();
        });
    var ended = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    if (!loop.inEventLoop()) {
      ended.awaitUninterruptibly();
    }
  }
}
