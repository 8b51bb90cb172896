package org.mastership.harness.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mastership.core.DelayFormula;
import org.mastership.core.DelayTable;
import org.mastership.core.ElectionDelay;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.Timing;

/**
 * What a simulated run is made of.
 *
 * @param seed of everything that is drawn by chance
 * @param guarantee the group's guarantee
 * @param servers how many
 * @param faults what goes wrong
 * @param faultyNanos how long it goes wrong
 */
public record Settings(
    long seed, Guarantee guarantee, int servers, Set<Fault> faults, long faultyNanos) {
  static final long MILLI = 1_000_000;

  /** The bound on delays that the group is configured with. */
  static final long DELAY_NANOS = 10 * MILLI;

  private static final long PERIOD_NANOS = 25 * MILLI;
  private static final int DRIFT_PPM = 20_000;

  /** What can go wrong; all is healed in the end. */
  public enum Fault {
    /** Messages are lost, doubled and overtaken. */
    LOSSY,
    /** Messages are late beyond the bound. */
    SLOW_NETWORK,
    /** Servers are cut off from each other, in one direction or both. */
    PARTITION,
    /** Servers crash, lose what was not stored, and start again; sometimes all at once. */
    CRASH,
    /** Servers stand still, and wake to what has come meanwhile. */
    PAUSE,
    /** Disks take long. */
    SLOW_DISK,
    /** Connections break without a cause. */
    RECONNECT
  }

  public Settings {
    faults = new TreeSet<>(faults);
  }

  /** A run whose size and faults follow from the seed. */
  public static Settings ofSeed(long seed, Guarantee guarantee, int servers) {
    Chance chance = new Chance(seed ^ 0x5DEECE66DL);
    Set<Fault> faults = new TreeSet<>();
    for (Fault fault : Fault.values()) {
      if (chance.oneIn(2)) {
        faults.add(fault);
      }
    }
    int size =
        servers > 0
            ? servers
            : guarantee == Guarantee.QUORUM ? chance.between(2, 5) : chance.between(2, 4);
    return new Settings(seed, guarantee, size, faults, 4_000 * MILLI);
  }

  /** Whether the run keeps what TIMED assumes: no partition, no pause, delays within the bound. */
  boolean keepsTimingAssumptions() {
    return faults.stream().allMatch(fault -> fault == Fault.CRASH);
  }

  boolean has(Fault fault) {
    return faults.contains(fault);
  }

  GroupConfiguration group() {
    List<Integer> indexes = new ArrayList<>();
    for (int number = 1; number <= servers; number++) {
      indexes.add(number);
    }
    long timeout = 2 * DELAY_NANOS + 70 * MILLI;
    long base = 10 * MILLI;
    return new GroupConfiguration(
        guarantee,
        indexes,
        new Timing(PERIOD_NANOS, timeout, timeout + base + 5 * MILLI, DRIFT_PPM),
        new ElectionDelay(
            DelayFormula.TIGHT,
            base,
            2 * PERIOD_NANOS + DELAY_NANOS,
            DelayTable.uniform(servers, DELAY_NANOS)),
        new GroupConfiguration.Limits(4, 16));
  }

  /** The clock rate of a server, within the allowed drift. */
  static double rate(Chance chance) {
    return 1 + (chance.between(0, 2 * DRIFT_PPM) - DRIFT_PPM) / 1e6;
  }

  @Override
  public String toString() {
    return guarantee
        + " with "
        + servers
        + " servers, seed "
        + seed
        + ", faults "
        + faults.stream().map(Fault::name).collect(Collectors.joining(" "));
  }
}
