package org.mastership.harness.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be made to go wrong. */
public enum FaultKind {
  /** A server is killed, and starts again in the end. */
  CRASH(2),
  /** A server stands still, and does not know. */
  PAUSE(2),
  /** Two halves hear nothing of each other. */
  HALVES(2),
  /** Every server hears a majority, each another one. */
  RING(5),
  /** What one server sends arrives nowhere, or it hears nobody. */
  ONE_WAY(2),
  /** The master and all others hear nothing of each other. */
  ISOLATE_MASTER(2),
  /** Two halves hear nothing of each other, but both hear one server between them. */
  BRIDGE(3),
  /** Messages between some servers take long. */
  DELAY(2),
  /** Messages take now longer, now shorter. */
  JITTER(2),
  /** A share of the packets from one server is lost. */
  LOSS(2),
  /** A server's disk is full, so that it stops. */
  FULL_DISK(3),
  /** The master is told to hand over in good order. */
  HAND_OVER(2),
  /** A server's disk takes long to force what it is given. */
  SLOW_DISK(2),
  /** A server's clock goes too fast or too slow, within the drift that is configured. */
  CLOCK_RATE(2);

  private final int leastServers;

  FaultKind(int leastServers) {
    this.leastServers = leastServers;
  }

  /** How many servers it takes. */
  public int leastServers() {
    return leastServers;
  }

  /** The kind of a name as {@link #toString} says it. */
  public static Optional<FaultKind> of(String name) {
    return Arrays.stream(values()).filter(kind -> kind.toString().equals(name)).findFirst();
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
