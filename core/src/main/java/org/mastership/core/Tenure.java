package org.mastership.core;

/**
 * What a master keeps about its own tenure, besides what it keeps about each back-up.
 *
 * @param sinceNanos when it began; the phase of all inquiries is counted from here (R11)
 * @param lease until when this server may act as master
 * @param catchUp how far the log has been brought up to date
 * @param answers what clients may be told
 * @param handOver to whom it is being handed over
 */
public record Tenure(
    long sinceNanos, Lease lease, CatchingUp catchUp, Answers answers, HandingOver handOver) {

  /**
   * The lease as the master knows it (R7). Under {@link Guarantee#TIMED} it is always sure.
   *
   * @param untilNanos when it ends by this server's clock
   * @param sure whether it was valid at the last step
   * @param gained whether it ever was: only then has the mastership been gained
   */
  public record Lease(long untilNanos, boolean sure, boolean gained) {}

  /**
   * How far a new master is in bringing its log up to date.
   *
   * @param source the server whose log is fetched, 0 while none is
   * @param target the position to be fetched
   * @param deadlineNanos when it has taken too long; {@link Long#MAX_VALUE} once done
   * @param first the sequence of the tenure's first entry, 0 until it is appended
   */
  public record CatchingUp(int source, Position target, long deadlineNanos, long first) {
    /** Whether the log is up to date and the tenure's first entry appended. */
    public boolean done() {
      return first != 0;
    }

    static CatchingUp until(long deadlineNanos) {
      return new CatchingUp(0, Position.ORIGIN, deadlineNanos, 0);
    }

    static CatchingUp doneWith(long first) {
      return new CatchingUp(0, Position.ORIGIN, Long.MAX_VALUE, first);
    }
  }

  /**
   * What has been executed and evaluated for clients, and what of it they may be told.
   *
   * @param sent up to which sequence results may be sent
   * @param queried how many reads were evaluated
   * @param readsSent how many reads may be answered
   */
  public record Answers(long sent, long queried, long readsSent) {
    static final Answers NONE = new Answers(0, 0, 0);
  }

  /**
   * An orderly hand-over under way (R10).
   *
   * @param target the server that is to be master, 0 while there is no hand-over
   * @param deadlineNanos when it has taken too long
   */
  public record HandingOver(int target, long deadlineNanos) {
    static final HandingOver NONE = new HandingOver(0, Long.MAX_VALUE);

    /** Whether a hand-over is under way: then no request is admitted. */
    public boolean begun() {
      return target != 0;
    }
  }

  static Tenure begin(long now, long catchUpDeadline) {
    Lease none = new Lease(now, false, false);
    return new Tenure(now, none, CatchingUp.until(catchUpDeadline), Answers.NONE, HandingOver.NONE);
  }

  Tenure with(Lease renewed) {
    return new Tenure(sinceNanos, renewed, catchUp, answers, handOver);
  }

  Tenure with(CatchingUp further) {
    return new Tenure(sinceNanos, lease, further, answers, handOver);
  }

  Tenure with(Answers more) {
    return new Tenure(sinceNanos, lease, catchUp, more, handOver);
  }

  Tenure with(HandingOver further) {
    return new Tenure(sinceNanos, lease, catchUp, answers, further);
  }
}
