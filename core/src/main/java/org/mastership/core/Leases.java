package org.mastership.core;

import java.util.Arrays;

/**
 * R7: promises and the lease that rests on them. A master may act until the time to which a
 * majority, itself included, has promised to grant nobody else; it knows that time from its own
 * stamps that came back, never from when they came.
 */
final class Leases {
  private Leases() {}

  /** A promise from now on; under TIMED nobody asks for one, and none is made. */
  static Promise promiseTo(Transition server, int holder) {
    long lease = server.quorum() ? server.timing().leaseNanos() : 0;
    return new Promise(holder, server.now + lease);
  }

  /**
   * The lease of a tenure that begins. When storing the own grant has taken longer than the grants
   * of the others hold, the mastership is not gained before echoes renew it.
   */
  static void begin(Transition server, Tenure tenure, Effect.Reason reason) {
    long until = server.quorum() ? until(server) : Long.MAX_VALUE;
    boolean sure = server.now < until;
    server.tenure = tenure.with(new Tenure.Lease(until, sure, sure));
    if (sure) {
      server.report(Effect.Change.GAINED, server.mastership, reason);
    }
  }

  /** Takes note of a stamp that a back-up echoed; one of an earlier incarnation says nothing. */
  static void echo(Transition server, int from, Stamp echo) {
    Tenure tenure = server.tenure;
    if (!server.quorum() || !isOwn(server, echo) || tenure == null) {
      return;
    }
    server.setPeer(from, server.peer(from).echoed(echo.nanos()));
    long until = until(server);
    if (until <= tenure.lease().untilNanos()) {
      return;
    }
    boolean sure = server.now < until;
    server.applied(Rule.RENEW_LEASE);
    server.tenure = tenure.with(new Tenure.Lease(until, sure, sure || tenure.lease().gained()));
    if (sure && !tenure.lease().sure()) {
      boolean again = tenure.lease().gained();
      server.report(
          again ? Effect.Change.SURE : Effect.Change.GAINED,
          server.mastership,
          again ? Effect.Reason.LEASE_RENEWED : Effect.Reason.ELECTED);
      Requests.answer(server);
    }
  }

  /** Whether a stamp was taken by this very incarnation. */
  static boolean isOwn(Transition server, Stamp echo) {
    return echo.incarnation() == server.incarnation && echo.nanos() <= server.now;
  }

  /** The first thing of every step: a master whose lease has run out is not master any more. */
  static void lapse(Transition server) {
    Tenure tenure = server.tenure;
    if (tenure != null && tenure.lease().sure() && server.now >= tenure.lease().untilNanos()) {
      server.applied(Rule.LAPSE);
      server.tenure = tenure.with(new Tenure.Lease(tenure.lease().untilNanos(), false, true));
      server.report(Effect.Change.UNSURE, server.mastership, Effect.Reason.LEASE_LAPSED);
    }
  }

  /** The time to which enough others have promised; with this server they are a majority. */
  private static long until(Transition server) {
    int size = server.group.size();
    long[] echoes = new long[size];
    for (int peer = 1; peer <= size; peer++) {
      echoes[peer - 1] = peer == server.self ? Peer.NEVER : server.peer(peer).contact().echoNanos();
    }
    Arrays.sort(echoes);
    long oldest = echoes[size - (server.group.grantsNeeded() - 1)];
    return oldest == Peer.NEVER ? Peer.NEVER : oldest + server.timing().heldLeaseNanos();
  }
}
