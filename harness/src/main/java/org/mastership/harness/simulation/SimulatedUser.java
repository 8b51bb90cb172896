package org.mastership.harness.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.harness.workload.Asked;
import org.mastership.harness.workload.ClientFailure;
import org.mastership.node.client.KeyValueException;
import org.mastership.node.client.Requests;
import org.mastership.node.service.Outcome;
import org.mastership.node.wire.Entry;
import org.mastership.node.wire.OpenSession;
import org.mastership.node.wire.Rejected;
import org.mastership.node.wire.Request;

/**
 * A client in virtual time, which asks one thing at a time and keeps a record of it. As the real
 * client it has a session, looks for the master, and sends a request again under its number until
 * it is answered or its deadline has passed.
 */
final class SimulatedUser implements Requests {
  private static final long MILLI = Settings.MILLI;
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  /** A server that says nothing for so long: others may know a new master. */
  private static final long SUSPICIOUS_NANOS = 200 * MILLI;

  private final long process;
  private final Schedule schedule;
  private final Chance chance;
  private final List<ServiceDesk> desks;
  private final ReadCheck readChecks;
  private final HistoryWriter history;
  private long session;
  private long lastNumber;
  private int master = 1;

  SimulatedUser(
      long process,
      Schedule schedule,
      Chance chance,
      List<ServiceDesk> desks,
      ReadCheck readChecks,
      HistoryWriter history) {
    this.process = process;
    this.schedule = schedule;
    this.chance = chance;
    this.desks = desks;
    this.readChecks = readChecks;
    this.history = history;
  }

  /** An operation has no result. */
  private static final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final boolean hadNoEffect;

    Unanswered(boolean hadNoEffect) {
      super("no answer");
      this.hadNoEffect = hadNoEffect;
    }
  }

  /**
   * Asks one thing.
   *
   * @param then is given the result, or nothing where there is none
   */
  void ask(Asked ask, Consumer<Optional<JsonNode>> then) {
    history.invoke(process, ask.f(), ask.key(), ask.argument());
    // What follows is run by the schedule: a future would keep what it throws to itself.
    ask.on(this, DEADLINE)
        .whenComplete(
            (result, failure) ->
                schedule.after(0, () -> then.accept(recorded(ask, result, failure))));
  }

  private Optional<JsonNode> recorded(
      Asked ask, @Nullable JsonNode result, @Nullable Throwable failure) {
    if (result != null) {
      history.ok(process, ask.f(), ask.key(), result);
      return Optional.of(result);
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof Unanswered unanswered && !unanswered.hadNoEffect) {
      history.info(process, ask.f(), ask.key());
    } else if (cause instanceof Unanswered || cause instanceof KeyValueException) {
      history.fail(process, ask.f(), ask.key());
    } else {
      throw new ClientFailure(Objects.requireNonNull(cause));
    }
    return Optional.empty();
  }

  @Override
  public CompletableFuture<ByteString> request(ByteString operation, Duration deadline) {
    return begin(new Call(false, operation, ++lastNumber), deadline);
  }

  @Override
  public CompletableFuture<ByteString> query(ByteString operation, Duration deadline) {
    return begin(new Call(true, operation, 0), deadline);
  }

  private CompletableFuture<ByteString> begin(Call call, Duration deadline) {
    schedule.after(deadline.toNanos(), call::giveUp);
    call.send();
    return call.result;
  }

  /** One operation, however often it is sent. */
  private final class Call {
    private final boolean reads;
    private final ByteString operation;
    private final long number;
    private final long required = readChecks.known();
    private final CompletableFuture<ByteString> result = new CompletableFuture<>();
    private @Nullable Sending latest;
    private int mayHaveEffect;

    Call(boolean reads, ByteString operation, long number) {
      this.reads = reads;
      this.operation = operation;
      this.number = number;
    }

    void send() {
      if (result.isDone()) {
        return;
      }
      boolean opens = !reads && session == 0;
      mayHaveEffect += opens ? 0 : 1;
      Sending sending = new Sending(this, opens, opens ? opening() : payload());
      latest = sending;
      desks.get(master - 1).send(sending);
      schedule.after(SUSPICIOUS_NANOS, () -> sendElsewhere(sending, 0));
    }

    private ByteString opening() {
      OpenSession open =
          OpenSession.newBuilder().setNonce(chance.between(1, Long.MAX_VALUE - 1)).build();
      return Entry.newBuilder().setOpenSession(open).build().toByteString();
    }

    private ByteString payload() {
      if (reads) {
        return operation;
      }
      Request request =
          Request.newBuilder()
              .setSession(session)
              .setNumber(number)
              .setAnsweredBelow(number)
              .setOperation(operation)
              .build();
      return Entry.newBuilder().setRequest(request).build().toByteString();
    }

    /** Goes on with another server, unless this has been done already. */
    void sendElsewhere(Sending instead, int named) {
      if (latest == instead && !result.isDone()) {
        latest = null;
        master = named > 0 ? named : master % desks.size() + 1;
        schedule.after(chance.between(MILLI, 20 * MILLI), this::send);
      }
    }

    void answered(Outcome outcome) {
      if (outcome instanceof Outcome.Executed executed) {
        result.complete(executed.result());
      } else if (outcome instanceof Outcome.Opened opened) {
        session = opened.session();
        send();
      } else {
        boolean expired =
            outcome instanceof Outcome.Refused refused
                && refused.reason() == Rejected.Reason.SESSION_EXPIRED;
        session = expired ? 0 : session;
        result.completeExceptionally(new Unanswered(false));
      }
    }

    void giveUp() {
      result.completeExceptionally(new Unanswered(mayHaveEffect == 0));
    }
  }

  /** One sending of an operation, or of the question for a session, to one server. */
  private static final class Sending implements Attempt {
    private final Call call;
    private final boolean opens;
    private final ByteString payload;

    Sending(Call call, boolean opens, ByteString payload) {
      this.call = call;
      this.opens = opens;
      this.payload = payload;
    }

    @Override
    public boolean reads() {
      return call.reads;
    }

    @Override
    public ByteString payload() {
      return payload;
    }

    @Override
    public long required() {
      return call.required;
    }

    @Override
    public void answered(Outcome outcome) {
      if (!call.result.isDone() && (!opens || call.latest == this)) {
        call.answered(outcome);
      }
    }

    @Override
    public void refused(int named, boolean hadNoEffect) {
      call.mayHaveEffect -= hadNoEffect && !opens ? 1 : 0;
      call.sendElsewhere(this, named);
    }

    @Override
    public void broken() {
      call.sendElsewhere(this, 0);
    }
  }
}
