package org.mastership.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Claims 20, 21: the indexes follow from ratings, such as computational power or bandwidth. Each
 * server tells all others its own. Whoever becomes master ranks all servers by what it was told,
 * and this ranking is that of its tenure. A master that has learnt of other ratings begins a new
 * tenure with the ranking that follows from them, when it is asked to.
 */
final class Preference {
  private Preference() {}

  /** The server is rated anew, and says so. */
  static void onRated(Transition server, long rating) {
    if (rating < 0) {
      throw new IllegalArgumentException("a rating is 0 or more, not " + rating);
    }
    if (server.group.electionDelay().formula() != DelayFormula.TIGHT) {
      throw new IllegalArgumentException(
          "indexes follow from ratings only with the formula TIGHT: with CLAIMS the election delays"
              + " may be too near to each other in another order (R11)");
    }
    if (rating != server.ratings.get(server.self - 1)) {
      server.applied(Rule.RANK);
      rate(server, server.self, rating);
      server.sendToOthers(new Message.Rating(rating));
    }
  }

  /** A new connection leads to a server that may not know the rating. */
  static void tell(Transition server, int peer) {
    long rating = server.ratings.get(server.self - 1);
    if (rating > 0) {
      server.send(peer, new Message.Rating(rating));
    }
  }

  /** Another server says how it is rated. */
  static void onRating(Transition server, int from, Message.Rating message) {
    if (message.rating() >= 0) {
      server.applied(Rule.RANK);
      rate(server, from, message.rating());
    }
  }

  private static void rate(Transition server, int number, long rating) {
    List<Long> ratings = new ArrayList<>(server.ratings);
    ratings.set(number - 1, rating);
    server.ratings = List.copyOf(ratings);
  }

  /** The ranking of a tenure that begins now. */
  static Ranking next(Transition server) {
    return server.group.ranking(server.ratings);
  }

  /** R9: a master that ranks otherwise by now claims above its own tenure. */
  static void onRerank(Transition server) {
    Tenure tenure = server.tenure;
    boolean settled =
        tenure != null
            && server.candidacy == null
            && !tenure.handOver().begun()
            && (tenure.catchUp().done() || !server.group.replicates());
    if (settled && !next(server).equals(server.mastership.ranking())) {
      server.applied(Rule.RANK);
      server.applied(Rule.RECLAIM);
      Election.claim(server, Effect.Reason.RERANKED);
    }
  }
}
