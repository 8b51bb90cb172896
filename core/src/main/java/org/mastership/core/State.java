package org.mastership.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a server knows at one moment: an immutable value. {@link Protocol#start} makes the
 * first, {@link Protocol#step} each next one.
 *
 * @param role what the server is
 * @param mastership the last master it acknowledged; itself where it is master (the claims' "master
 *     state")
 * @param highest the highest epoch that it has granted or acknowledged
 * @param seen the highest epoch that it has heard of; its own claims go one round above
 * @param promise whom it may grant, and from when anybody
 * @param electionNanos when its election timer runs out, {@link Long#MAX_VALUE} while it is stopped
 * @param following what it keeps about its master, null while it follows none
 * @param candidacy the epoch that it tries to become master in, null for none
 * @param kept the claim that waits for its promise to end, null for none
 * @param tenure its own tenure, null where it is not master
 * @param peers what it keeps about each server, in the order of their numbers, itself included
 * @param log the places of its log
 * @param floor the sequence up to which a snapshot stands for the bytes of entries, 0 for none
 * @param committed the sequence up to which it knows entries to be committed
 * @param executed the sequence up to which its service has executed
 * @param digest of the results up to {@code executed}
 * @param discarded how many entries it has discarded in favour of another master's (TIMED only)
 * @param storage what it waits for its storage to finish
 * @param delays what it knows of measured delays (R11)
 * @param ratings how each server is rated, as it has heard, in the order of their numbers; 0 for
 *     unknown (claims 20, 21)
 * @param incarnation counts its starts
 */
public record State(
    Role role,
    Mastership mastership,
    Epoch highest,
    Epoch seen,
    Promise promise,
    long electionNanos,
    @Nullable Following following,
    @Nullable Candidacy candidacy,
    @Nullable KeptClaim kept,
    @Nullable Tenure tenure,
    List<Peer> peers,
    Log log,
    long floor,
    long committed,
    long executed,
    long digest,
    long discarded,
    Storage storage,
    MeasuredDelays delays,
    List<Long> ratings,
    long incarnation) {

  public State {
    peers = List.copyOf(peers);
    ratings = List.copyOf(ratings);
  }

  /**
   * Whether this server may act as master at {@code nowNanos}: its role is MASTER and, under {@link
   * Guarantee#QUORUM}, its lease is valid. Safe to ask of the newest published state from any
   * thread, as long as the clock is read after the state.
   */
  public boolean isMaster(long nowNanos) {
    return tenure != null && nowNanos < tenure.lease().untilNanos();
  }

  /**
   * Whether {@link Input.Admit} may be given: master, its log up to date, its first entry made, and
   * not about to hand over.
   */
  public boolean admitsRequests() {
    return tenure != null && tenure.catchUp().done() && !tenure.handOver().begun();
  }

  /**
   * Whether clients' reads may be evaluated: the mastership has been gained, and the first entry of
   * the own tenure is committed and executed. The answers wait for {@link Effect.AnswerReads}.
   */
  public boolean servesReads() {
    return tenure != null
        && tenure.lease().gained()
        && tenure.catchUp().done()
        && executed >= tenure.catchUp().first();
  }

  /** What is kept about another server. */
  public Peer peer(int number) {
    return peers.get(number - 1);
  }
}
