package org.mastership.core;

import java.util.List;

/** R11: servers measure the round trips between them, and a back-up learns its election delay. */
final class Measurement {
  private Measurement() {}

  /** The next server is pinged. */
  static void expire(Transition server) {
    RoundTrips trips = server.delays.roundTrips();
    if (server.now < trips.nextNanos()) {
      return;
    }
    int peer = next(server, trips.pinged());
    long period = server.group.electionDelay().measuring().periodNanos();
    server.delays = server.delays.with(trips.pinged(peer, server.now + period));
    server.send(peer, new Message.Ping(server.now));
  }

  private static int next(Transition server, int last) {
    int following = last % server.group.size() + 1;
    return following == server.self ? following % server.group.size() + 1 : following;
  }

  static void onPing(Transition server, int from, Message.Ping ping) {
    server.send(from, new Message.Pong(ping.sentNanos()));
  }

  static void onPong(Transition server, int from, Message.Pong pong) {
    long nanos = server.now - pong.sentNanos();
    if (server.measures() && nanos >= 0) {
      server.applied(Rule.MEASURE);
      RoundTrips trips = server.delays.roundTrips();
      server.delays = server.delays.with(trips.measured(from, nanos));
    }
  }

  /** The master's reply gives this back-up its election delay, if it is not an overtaken one. */
  static void assigned(Transition server, Message.Reply reply) {
    MeasuredDelays.Assigned now = server.delays.assigned();
    boolean newer = !now.tenure().equals(reply.epoch()) || reply.sentNanos() > now.askedNanos();
    if (server.measures() && reply.electionDelayNanos() > 0 && newer) {
      server.delays =
          server.delays.with(
              new MeasuredDelays.Assigned(
                  reply.epoch(), reply.electionDelayNanos(), reply.sentNanos()));
    }
  }

  /** What the back-up tells its master of its D(i). */
  static long heldNanos(Transition server) {
    return server.measures()
        ? electionDelayNanos(
            server.group, server.self, server.mastership, server.delays, server.ratings)
        : 0;
  }

  /**
   * D(i) of this server, should the master that it knows fail: as given by it, or as configured. A
   * server that knows none goes by what it has been told of ratings.
   */
  static long electionDelayNanos(
      GroupConfiguration group,
      int self,
      Mastership mastership,
      MeasuredDelays delays,
      List<Long> ratings) {
    MeasuredDelays.Assigned assigned = delays.assigned();
    if (mastership.isKnown() && assigned.tenure().equals(mastership.epoch())) {
      return assigned.nanos();
    }
    int master = mastership.master();
    Ranking ranking = mastership.isKnown() ? mastership.ranking() : group.ranking(ratings);
    return group.electionDelayNanos(self, master == self ? 0 : master, ranking);
  }
}
