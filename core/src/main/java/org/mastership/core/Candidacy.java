package org.mastership.core;

/**
 * An epoch that a server is trying to become master in.
 *
 * @param epoch the epoch, which bears the server's own number
 * @param stamp its clock when it claimed last; a grant echoes it
 * @param deadlineNanos when it gives up without a majority
 * @param grants one bit for each other server that has granted
 * @param best the best position among the grants, and {@code bestHolder} the server that has it
 * @param bestHolder the server with the best position, 0 while no grant has come
 * @param holders one bit for each other server whose grant has the best position
 * @param ticket of the write of its own grant, 0 while it has not granted itself
 * @param revokedIndex the index of the master to revoke, 0 for none (R6)
 * @param ranking the servers' indexes in the tenure
 * @param reason what to report when it becomes master
 */
public record Candidacy(
    Epoch epoch,
    Stamp stamp,
    long deadlineNanos,
    long grants,
    Position best,
    int bestHolder,
    long holders,
    long ticket,
    int revokedIndex,
    Ranking ranking,
    Effect.Reason reason) {

  Candidacy granted(int from, Position last) {
    long bit = 1L << from;
    boolean better = bestHolder == 0 || last.compareTo(best) > 0;
    return new Candidacy(
        epoch,
        stamp,
        deadlineNanos,
        grants | bit,
        better ? last : best,
        better ? from : bestHolder,
        better ? bit : last.equals(best) ? holders | bit : holders,
        ticket,
        revokedIndex,
        ranking,
        reason);
  }

  Candidacy restamped(Stamp fresh) {
    return new Candidacy(
        epoch,
        fresh,
        deadlineNanos,
        grants,
        best,
        bestHolder,
        holders,
        ticket,
        revokedIndex,
        ranking,
        reason);
  }

  Candidacy grantedItself(long written) {
    return new Candidacy(
        epoch,
        stamp,
        deadlineNanos,
        grants,
        best,
        bestHolder,
        holders,
        written,
        revokedIndex,
        ranking,
        reason);
  }

  int grantsOfOthers() {
    return Long.bitCount(grants);
  }
}
