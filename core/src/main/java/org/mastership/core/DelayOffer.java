package org.mastership.core;

import java.util.ArrayList;
import java.util.List;

/**
 * R11: a master gives each back-up its election delay, as it follows from what was measured.
 *
 * <p>The delays of two back-ups can not change at one instant. So a back-up is given a delay that
 * is separated from whatever each other one may hold by then: a delay grows when those of all less
 * preferred back-ups have made room for it, and shrinks after those of the preferred. Who has not
 * inquired for P + T is left out of this: it has suspected its master, or has failed.
 */
final class DelayOffer {
  private final Transition server;
  private final List<Integer> backups;
  private final List<MeasuredDelays.Offer> offers;
  private final ElectionDelay measured;

  private DelayOffer(Transition server, List<MeasuredDelays.Offer> offers) {
    this.server = server;
    this.backups = server.group.backupsOf(server.self, server.mastership.ranking());
    this.offers = offers;
    this.measured = measured();
  }

  /**
   * Takes note of what the back-up says in its inquiry, and chooses what its reply gives it. To be
   * asked before the inquiry is noted otherwise.
   *
   * @return the election delay in nanoseconds; 0 where nothing is measured, or none would do yet
   */
  static long nanos(Transition server, int to, Message.Inquiry inquiry) {
    int size = server.group.size();
    if (!server.measures() || inquiry.roundTrips().size() != size) {
      return 0;
    }
    Epoch tenure = server.mastership.epoch();
    MeasuredDelays.Offer before = server.delays.offersIn(tenure, size).get(to - 1);
    if (inquiry.sentNanos() <= before.askedNanos()) {
      return 0;
    }
    MeasuredDelays.Offer told =
        (isFunctional(server, to) ? before : MeasuredDelays.Offer.NOTHING)
            .told(inquiry.roundTrips(), inquiry.electionDelayNanos());
    server.delays = server.delays.offered(tenure, size, to, told);
    long nanos =
        told.arrived()
            ? new DelayOffer(server, server.delays.offersIn(tenure, size)).next(to)
            : told.offeredNanos();
    if (nanos > 0) {
      MeasuredDelays.Offer given = told.given(nanos, inquiry.sentNanos());
      server.delays = server.delays.offered(tenure, size, to, given);
    }
    return nanos;
  }

  private static boolean isFunctional(Transition server, int number) {
    long heard = server.peer(number).contact().heardNanos();
    return server.now < heard + server.timing().silenceNanos();
  }

  /** As near to what follows from the measured delays as is separated from all others' delays. */
  private long next(int to) {
    int at = backups.indexOf(to);
    long least = measured.baseNanos();
    long most = Long.MAX_VALUE;
    for (int i = 0; i < backups.size(); i++) {
      int other = backups.get(i);
      if (i == at || offer(other).heldNanos() == 0 || !isFunctional(server, other)) {
        continue;
      }
      if (i < at) {
        least = Math.max(least, offer(other).mostNanos() + apart(other, to));
      } else {
        most = Math.min(most, offer(other).leastNanos() - apart(to, other));
      }
    }
    long target = measured.nanos(backups)[at];
    return least > most ? 0 : Math.min(Math.max(target, least), most);
  }

  private MeasuredDelays.Offer offer(int number) {
    return offers.get(number - 1);
  }

  private long apart(int preferred, int other) {
    return measured.delays().nanos(preferred, other) + measured.skewNanos();
  }

  /**
   * The election delay with what was measured in the place of the configured maxima. What the skew
   * owes to the longest delay (back-ups hear one reply of the master that far apart) shrinks, too.
   */
  private ElectionDelay measured() {
    ElectionDelay configured = server.group.electionDelay();
    List<List<Long>> rows = new ArrayList<>();
    long ofReplies = 0;
    for (int j = 1; j <= server.group.size(); j++) {
      List<Long> row = new ArrayList<>();
      for (int k = 1; k <= server.group.size(); k++) {
        row.add(between(j, k));
      }
      rows.add(row);
      ofReplies = j == server.self ? ofReplies : Math.max(ofReplies, row.get(server.self - 1));
    }
    long longest = configured.delays().longest();
    long besides = Math.max(0, configured.skewNanos() - longest);
    return new ElectionDelay(
        configured.formula(),
        configured.baseNanos(),
        Math.min(configured.skewNanos(), besides + ofReplies),
        new DelayTable(rows),
        configured.measuring());
  }

  private long between(int j, int k) {
    ElectionDelay configured = server.group.electionDelay();
    long roundTrip = Math.max(offer(j).to(k), offer(k).to(j));
    long most = configured.delays().nanos(j, k);
    boolean known = j != k && roundTrip > 0;
    return known ? Math.min(most, Math.max(roundTrip, configured.measuring().leastNanos())) : most;
  }
}
