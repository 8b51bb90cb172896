package org.mastership.harness.simulation;

/** A server's own clock: it began somewhere, and runs at a rate of its own, which may change. */
final class SimulatedClock {
  private final Schedule schedule;
  private final double usualRate;
  private double rate;
  private long since;
  private long shownThen;

  SimulatedClock(Schedule schedule, double rate, long shown) {
    this.schedule = schedule;
    this.usualRate = rate;
    this.rate = rate;
    this.shownThen = shown;
  }

  /** What it shows now. */
  long now() {
    return at(schedule.now());
  }

  private long at(long nanos) {
    return shownThen + (long) ((nanos - since) * rate);
  }

  /** The first moment at which it shows a time; the division may round it down. */
  long moment(long shown) {
    long nanos = since + (long) Math.ceil((shown - shownThen) / rate);
    return at(nanos) < shown ? nanos + 1 : nanos;
  }

  /** From now on it runs at another rate; what it shows now stays as it is. */
  void runAt(double another) {
    shownThen = now();
    since = schedule.now();
    rate = another;
  }

  void runAsUsual() {
    if (rate != usualRate) {
      runAt(usualRate);
    }
  }
}
