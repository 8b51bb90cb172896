package org.mastership.node.client;

import com.google.protobuf.ByteString;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.mastership.node.wire.ClientMessage;
import org.mastership.node.wire.OpenSession;
import org.mastership.node.wire.Query;
import org.mastership.node.wire.Request;

/** One operation under way, or the opening of a session. All but the final fields is the loop's. */
final class Call {
  /** What is asked for. */
  enum Kind {
    OPEN_SESSION,
    REQUEST,
    QUERY
  }

  final Kind kind;
  final ByteString operation;
  final long startNanos;
  final long deadlineNanos;
  final CompletableFuture<ByteString> result = new CompletableFuture<>();

  long id;
  @Nullable ClientSession session;
  long number;
  int attempts;

  /** Where the last attempt went; null if the call is to be sent (again). */
  @Nullable Link sentOn;

  long sentNanos;

  /** Not to be sent again before. */
  long notBeforeNanos;

  Call(Kind kind, ByteString operation, long startNanos, long deadlineNanos) {
    this.kind = kind;
    this.operation = operation;
    this.startNanos = startNanos;
    this.deadlineNanos = deadlineNanos;
    this.notBeforeNanos = startNanos;
  }

  /** Whether it lacks the number that a request needs before it is sent. */
  boolean needsNumber() {
    return kind == Kind.REQUEST && session == null;
  }

  void numberIn(ClientSession open) {
    session = open;
    number = open.number();
  }

  /** How the call is said to a server. */
  ClientMessage message(LongSupplier nonces) {
    ClientMessage.Builder message = ClientMessage.newBuilder().setId(id);
    return switch (kind) {
      case OPEN_SESSION ->
          message.setOpenSession(OpenSession.newBuilder().setNonce(nonces.getAsLong())).build();
      case QUERY -> message.setQuery(Query.newBuilder().setOperation(operation)).build();
      case REQUEST -> message.setRequest(request()).build();
    };
  }

  private Request request() {
    ClientSession of = session;
    if (of == null) {
      throw new IllegalStateException("a request is sent without a number");
    }
    return Request.newBuilder()
        .setSession(of.id())
        .setNumber(number)
        .setAnsweredBelow(of.lowest())
        .setOperation(operation)
        .build();
  }
}
