package org.mastership.node.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.function.Supplier;
import org.mastership.node.wire.Entry;
import org.mastership.node.wire.Request;
import org.mastership.node.wire.StateSnapshot;

/**
 * What executing the log makes: the service's state, the sessions, and the digest of all results.
 * Servers that execute the same entries have the same one.
 *
 * <p>For one thread. No input makes a method fail that comes from a client: an entry that can not
 * be read has an outcome like any other.
 */
public final class ReplicatedState {
  private final ReplicatedService service;
  private final Sessions sessions;
  private final ByteString beginning;
  private final ServiceFailures failures = new ServiceFailures();
  private long sequence;
  private long digest;

  /** As the other constructor, with {@link SessionLimits#DEFAULT}. */
  public ReplicatedState(ReplicatedService service) {
    this(service, SessionLimits.DEFAULT);
  }

  /**
   * The state before any entry.
   *
   * @param service in the state that all servers begin with
   * @param limits the same on all servers
   */
  public ReplicatedState(ReplicatedService service, SessionLimits limits) {
    this.service = service;
    this.sessions = new Sessions(limits);
    this.beginning = service.snapshot();
  }

  /**
   * Executes the next entry of the log. A request that an earlier entry of the same session and
   * number asked for is not executed again; its outcome is the first one.
   *
   * @param sequence of the entry: one more than that of the entry before
   * @param payload of the entry: empty, or an {@code Entry} of the client protocol
   * @throws IllegalArgumentException if another entry is the next one
   */
  public Outcome execute(long sequence, ByteString payload) {
    if (sequence != this.sequence + 1) {
      throw new IllegalArgumentException(
          "entry " + sequence + " can not be executed after entry " + this.sequence);
    }
    Outcome outcome = outcome(sequence, payload);
    this.sequence = sequence;
    digest = digested(Digest.add(digest, sequence), outcome);
    return outcome;
  }

  private Outcome outcome(long sequence, ByteString payload) {
    if (payload.isEmpty()) {
      return new Outcome.Nothing();
    }
    Entry entry;
    try {
      entry = Entry.parseFrom(payload);
    } catch (InvalidProtocolBufferException malformed) {
      return Outcome.Refused.MALFORMED;
    }
    return switch (entry.getBodyCase()) {
      case OPEN_SESSION ->
          new Outcome.Opened(sessions.open(sequence, entry.getOpenSession().getNonce()).id());
      case REQUEST -> request(entry.getRequest());
      case BODY_NOT_SET -> Outcome.Refused.MALFORMED;
    };
  }

  private Outcome request(Request request) {
    return sessions.once(
        request.getSession(),
        request.getNumber(),
        request.getAnsweredBelow(),
        () -> {
          try {
            return new Outcome.Executed(service.execute(request.getOperation()));
          } catch (RuntimeException failure) {
            failures.log("request", request.getOperation(), failure);
            return Outcome.Refused.FAILED;
          }
        });
  }

  private static long digested(long digest, Outcome outcome) {
    if (outcome instanceof Outcome.Executed executed) {
      return Digest.add(digest, executed.result());
    }
    if (outcome instanceof Outcome.Opened opened) {
      return Digest.add(digest, opened.session());
    }
    if (outcome instanceof Outcome.Refused refused) {
      return Digest.add(digest, refused.reason().getNumber());
    }
    return digest;
  }

  /**
   * Answers a read from the state as it is after the entries executed so far.
   *
   * @return executed with the result, or refused as failed
   */
  public Outcome query(ByteString operation) {
    try {
      return new Outcome.Executed(service.query(operation));
    } catch (RuntimeException failure) {
      failures.log("query", operation, failure);
      return Outcome.Refused.FAILED;
    }
  }

  /** The sequence of the last executed entry; 0 before the first. */
  public long sequence() {
    return sequence;
  }

  /** Of the results of all entries up to {@link #sequence()}; 0 before the first. */
  public long digest() {
    return digest;
  }

  /** Goes back to the state before any entry, when entries that were executed are discarded. */
  public void rewind() {
    service.restore(beginning);
    sessions.clear();
    sequence = 0;
    digest = 0;
  }

  /** The whole state after {@link #sequence()}; equal states have equal snapshots. */
  public ByteString snapshot() {
    return snapshotLater().get();
  }

  /**
   * As {@link #snapshot()}, but the bytes are made when they are asked for, of the state as it is
   * now, whatever is executed meanwhile.
   *
   * @return to be asked once, by any thread
   */
  public Supplier<ByteString> snapshotLater() {
    StateSnapshot.Builder snapshot =
        StateSnapshot.newBuilder().setSequence(sequence).setDigest(digest);
    for (Session session : sessions.byUse()) {
      snapshot.addSessions(session.snapshot());
    }
    Supplier<ByteString> ofService = service.snapshotLater();
    return () -> snapshot.setService(ofService.get()).build().toByteString();
  }

  /**
   * Replaces the whole state by one that {@link #snapshot()} gave on any server of the group.
   *
   * @throws IllegalArgumentException if it is not a snapshot of this kind of state and service
   */
  public void restore(ByteString snapshot) {
    StateSnapshot state;
    try {
      state = StateSnapshot.parseFrom(snapshot);
    } catch (InvalidProtocolBufferException malformed) {
      throw new IllegalArgumentException("these bytes are no snapshot of a state", malformed);
    }
    service.restore(state.getService());
    sessions.restore(state.getSessionsList());
    sequence = state.getSequence();
    digest = state.getDigest();
  }
}
