package org.mastership.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * R11: what a server knows of measured delays.
 *
 * @param roundTrips what it has measured itself
 * @param assigned the election delay that its master has given it
 * @param tenure the own tenure that {@code offers} are of, {@link Epoch#NONE} for none
 * @param offers as master: what it has given each server, in the order of their numbers
 */
public record MeasuredDelays(
    RoundTrips roundTrips, Assigned assigned, Epoch tenure, List<Offer> offers) {

  /**
   * An election delay that was given.
   *
   * @param tenure of the master that gave it; it is of no use in another
   * @param nanos D(i), in nanoseconds
   * @param askedNanos when the inquiry was sent that was answered with it
   */
  public record Assigned(Epoch tenure, long nanos, long askedNanos) {
    static final Assigned NOTHING = new Assigned(Epoch.NONE, 0, Peer.NEVER);
  }

  /**
   * What a master knows of one back-up's election delay: it is {@code heldNanos}, or {@code
   * offeredNanos} if that has arrived by now.
   *
   * @param row the back-up's round trips, in the order of the servers' numbers; empty for unknown
   * @param heldNanos what it last said that it holds; 0 where it has not said anything
   * @param offeredNanos what it was last given; 0 for nothing
   * @param askedNanos when the inquiry was sent that was answered with that
   */
  public record Offer(List<Long> row, long heldNanos, long offeredNanos, long askedNanos) {
    static final Offer NOTHING = new Offer(List.of(), 0, 0, Peer.NEVER);

    Offer told(List<Long> roundTrips, long nanos) {
      return new Offer(roundTrips, nanos, offeredNanos, askedNanos);
    }

    Offer given(long nanos, long asked) {
      return new Offer(row, heldNanos, nanos, asked);
    }

    /** Whether what was given last has arrived. */
    boolean arrived() {
      return offeredNanos == 0 || offeredNanos == heldNanos;
    }

    long leastNanos() {
      return arrived() ? heldNanos : Math.min(heldNanos, offeredNanos);
    }

    long mostNanos() {
      return Math.max(heldNanos, offeredNanos);
    }

    /** The measured round trip to a server, 0 for unknown. */
    long to(int number) {
      return row.isEmpty() ? 0 : row.get(number - 1);
    }
  }

  static MeasuredDelays begin(GroupConfiguration group, long now) {
    return new MeasuredDelays(
        RoundTrips.begin(group, now), Assigned.NOTHING, Epoch.NONE, List.of());
  }

  MeasuredDelays with(RoundTrips newer) {
    return new MeasuredDelays(newer, assigned, tenure, offers);
  }

  MeasuredDelays with(Assigned newer) {
    return new MeasuredDelays(roundTrips, newer, tenure, offers);
  }

  /** What is known of the back-ups in a tenure; nothing of those of another. */
  List<Offer> offersIn(Epoch epoch, int servers) {
    return tenure.equals(epoch) ? offers : Collections.nCopies(servers, Offer.NOTHING);
  }

  MeasuredDelays offered(Epoch epoch, int servers, int number, Offer offer) {
    List<Offer> all = new ArrayList<>(offersIn(epoch, servers));
    all.set(number - 1, offer);
    return new MeasuredDelays(roundTrips, assigned, epoch, List.copyOf(all));
  }
}
