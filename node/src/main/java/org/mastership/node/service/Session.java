package org.mastership.node.service;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mastership.node.wire.RememberedResult;
import org.mastership.node.wire.SessionSnapshot;

/** One client's numbered requests: the results that it may still ask for again. */
final class Session {
  /** What a remembered result takes besides its own bytes, about. */
  private static final long OVERHEAD_BYTES = 64;

  private final long id;
  private final NavigableMap<Long, Outcome> results = new TreeMap<>();
  private long answeredBelow = 1;
  private long bytes;

  Session(long id) {
    this.id = id;
  }

  static Session of(SessionSnapshot snapshot) {
    Session session = new Session(snapshot.getSession());
    session.answeredBelow = snapshot.getAnsweredBelow();
    for (RememberedResult remembered : snapshot.getResultsList()) {
      Outcome outcome =
          remembered.hasResult()
              ? new Outcome.Executed(remembered.getResult())
              : Outcome.Refused.FAILED;
      session.remember(remembered.getNumber(), outcome);
    }
    return session;
  }

  long id() {
    return id;
  }

  /** About how many bytes the remembered results take. */
  long bytes() {
    return bytes;
  }

  int remembered() {
    return results.size();
  }

  /** Forgets the results below {@code number}; a smaller number than before changes nothing. */
  void confirm(long number) {
    if (number <= answeredBelow) {
      return;
    }
    answeredBelow = number;
    while (!results.isEmpty() && results.firstKey() < number) {
      bytes -= size(results.pollFirstEntry().getValue());
    }
  }

  boolean isForgotten(long number) {
    return number < answeredBelow;
  }

  @Nullable Outcome result(long number) {
    return results.get(number);
  }

  void remember(long number, Outcome outcome) {
    results.put(number, outcome);
    bytes += size(outcome);
  }

  SessionSnapshot snapshot() {
    SessionSnapshot.Builder snapshot =
        SessionSnapshot.newBuilder().setSession(id).setAnsweredBelow(answeredBelow);
    for (Map.Entry<Long, Outcome> entry : results.entrySet()) {
      RememberedResult.Builder result = snapshot.addResultsBuilder().setNumber(entry.getKey());
      if (entry.getValue() instanceof Outcome.Executed executed) {
        result.setResult(executed.result());
      }
    }
    return snapshot.build();
  }

  private static long size(Outcome outcome) {
    return OVERHEAD_BYTES
        + (outcome instanceof Outcome.Executed executed ? executed.result().size() : 0);
  }
}
