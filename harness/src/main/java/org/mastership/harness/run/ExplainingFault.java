package org.mastership.harness.run;

import java.util.List;
import java.util.Optional;

/**
 * Which fault explains what {@code TIMED} does not promise: one that was in force, or not long
 * over, at some time between the first and the last of what contradicts itself. An orderly
 * hand-over explains nothing, and a crash something only while another server is down, for then all
 * that had an answer may be gone.
 */
public final class ExplainingFault {
  /** How long a server that starts may take until it has what the others have. */
  private static final long SETTLING_NANOS = 500_000_000;

  /** How long a group may take to be as before, once its servers hear each other again. */
  private static final long AFTERMATH_NANOS = 2_000_000_000;

  private ExplainingFault() {}

  /** The longest lasting of those that explain it; times are ns since the run began. */
  public static Optional<Fault> of(List<Fault> faults, long firstNanos, long lastNanos) {
    return faults.stream()
        .filter(fault -> fault.beginNanos() <= lastNanos && firstNanos <= overNanos(fault))
        .filter(fault -> fault.kind() != FaultKind.HAND_OVER)
        .filter(fault -> fault.kind() != FaultKind.CRASH || comesUponAnother(fault, faults))
        .reduce((one, other) -> other.endNanos() > one.endNanos() ? other : one);
  }

  /**
   * When nothing comes of a fault any more. After a partition a connection that goes by a relay, or
   * of a system that can not give it up, may be silent as long again.
   */
  private static long overNanos(Fault fault) {
    return fault.endNanos() == Fault.NOT_ENDED
        ? Fault.NOT_ENDED
        : 2 * fault.endNanos() - fault.beginNanos() + AFTERMATH_NANOS;
  }

  /** A crash while another server was down, or had just started and had not all answers yet. */
  private static boolean comesUponAnother(Fault crash, List<Fault> faults) {
    return faults.stream()
        .filter(other -> other.kind() == FaultKind.CRASH)
        .filter(other -> !other.servers().equals(crash.servers()))
        .anyMatch(
            other ->
                other.beginNanos() <= crash.beginNanos()
                    && crash.beginNanos() - SETTLING_NANOS < other.endNanos());
  }
}
