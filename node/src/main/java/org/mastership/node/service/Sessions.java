package org.mastership.node.service;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.mastership.node.wire.SessionSnapshot;

/**
 * The open sessions. Which of them expire follows from the order of the log alone, so it is the
 * same on every server.
 */
final class Sessions {
  private final SessionLimits limits;

  /** The least recently used first. */
  private final Map<Long, Session> byUse = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  Sessions(SessionLimits limits) {
    this.limits = limits;
  }

  /**
   * Opens a session. Its id is made of where in the log and by whom it was asked for: the sequence
   * alone could come twice, when a server's entries were discarded after a partition.
   */
  Session open(long sequence, long nonce) {
    long id = Digest.add(Digest.mix(sequence), nonce);
    while (id == 0 || byUse.containsKey(id)) {
      id = Digest.mix(id);
    }
    if (byUse.size() == limits.sessions()) {
      expireOne();
    }
    Session session = new Session(id);
    byUse.put(id, session);
    return session;
  }

  /** The outcome of a request of a session: the first one, however often it is asked for. */
  Outcome once(long id, long number, long answeredBelow, Supplier<Outcome> execution) {
    Session session = byUse.get(id);
    if (session == null) {
      return Outcome.Refused.EXPIRED;
    }
    if (number < 1 || answeredBelow > number) {
      return Outcome.Refused.MALFORMED;
    }
    bytes -= session.bytes();
    session.confirm(answeredBelow);
    Outcome outcome = outcome(session, number, execution);
    bytes += session.bytes();
    return outcome;
  }

  private Outcome outcome(Session session, long number, Supplier<Outcome> execution) {
    if (session.isForgotten(number)) {
      return Outcome.Refused.FORGOTTEN;
    }
    Outcome first = session.result(number);
    if (first != null) {
      return first;
    }
    if (!makeRoom(session)) {
      return Outcome.Refused.CROWDED;
    }
    Outcome outcome = execution.get();
    session.remember(number, outcome);
    return outcome;
  }

  /** Whether {@code session}, whose bytes are not in the sum, may remember one more result. */
  private boolean makeRoom(Session session) {
    while (bytes + session.bytes() >= limits.bytes() && byUse.size() > 1) {
      expireOne();
    }
    return bytes + session.bytes() < limits.bytes() && session.remembered() < limits.resultsOfOne();
  }

  private void expireOne() {
    Iterator<Session> leastRecent = byUse.values().iterator();
    bytes -= leastRecent.next().bytes();
    leastRecent.remove();
  }

  void clear() {
    byUse.clear();
    bytes = 0;
  }

  void restore(Collection<SessionSnapshot> snapshots) {
    clear();
    for (SessionSnapshot snapshot : snapshots) {
      Session session = Session.of(snapshot);
      byUse.put(session.id(), session);
      bytes += session.bytes();
    }
  }

  Collection<Session> byUse() {
    return byUse.values();
  }
}
