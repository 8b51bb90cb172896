package org.mastership.harness.demo;

/**
 * One kill of the master and what came of it.
 *
 * @param killed the name of the killed server
 * @param master the name of the new master
 * @param epoch the new master's epoch
 * @param killedNanos when the signal was sent
 * @param answeredNanos when the first request was answered that was asked after the kill
 */
record Failover(String killed, String master, String epoch, long killedNanos, long answeredNanos) {
  private static final double NANOS_PER_MILLI = 1e6;

  double millis() {
    return (answeredNanos - killedNanos) / NANOS_PER_MILLI;
  }
}
