package org.mastership.harness.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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
 * @param wideArea whether the servers are in regions far apart, and measure their delays
 */
public record Settings(
    long seed,
    Guarantee guarantee,
    int servers,
    Set<Fault> faults,
    long faultyNanos,
    boolean wideArea) {
  static final long MILLI = 1_000_000;

  /** How long the start of a server may matter. */
  static final long SETTLING_NANOS = 500 * MILLI;

  /** The bound on delays that the group is configured with. */
  static final long DELAY_NANOS = 10 * MILLI;

  /** What a seed chooses from; the others were not there when the first seeds were written down. */
  private static final Set<Fault> DRAWN = EnumSet.range(Fault.LOSSY, Fault.HAND_OVER);

  /** Keeps what a seed says of a run's shape apart from what happens in it. */
  private static final long SHAPE = 0x5DEECE66DL;

  /** The servers of every fifth run compact their logs. */
  private static final int RATED_ONE_IN = 4;

  private static final int COMPACTING_ONE_IN = 5;

  /** Keeps when servers compact their logs apart from all else that a seed says. */
  private static final long COMPACTION = 0x6A09E667F3BCC909L;

  /** Keeps what clients of a run that is recorded do apart from all else that a seed says. */
  private static final long USERS = 0x3C6EF372FE94F82BL;

  private static final long PERIOD_NANOS = 25 * MILLI;
  private static final long BASE_NANOS = 10 * MILLI;
  private static final List<Integer> DRIFTS_PPM = List.of(0, 1_000, 20_000, 50_000);
  private static final List<GroupConfiguration.Limits> LIMITS =
      List.of(
          new GroupConfiguration.Limits(4, 16),
          new GroupConfiguration.Limits(1, 4),
          new GroupConfiguration.Limits(64, 256));

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
    RECONNECT,
    /** Masters are told to hand over, to any server. */
    HAND_OVER,
    /** Two halves hear nothing of each other. */
    HALVES,
    /** Every server hears a majority, each another one. Of fewer than five all hear each other. */
    RING(5),
    /** What one server sends arrives nowhere, or it hears nobody. */
    ONE_WAY,
    /** The master and all others hear nothing of each other. */
    ISOLATE_MASTER,
    /** Two halves hear nothing of each other, but both hear one server between them. */
    BRIDGE(3),
    /** A server's disk takes nothing more: the server stops at its next write. */
    FULL_DISK,
    /** A clock runs at another rate for a while, within the drift that the group allows. */
    CLOCK_RATE;

    private final int leastServers;

    Fault() {
      this(2);
    }

    Fault(int leastServers) {
      this.leastServers = leastServers;
    }

    /** Whether it is one of those that cut servers off from each other. */
    boolean cutsLinks() {
      return switch (this) {
        case PARTITION, HALVES, RING, ONE_WAY, ISOLATE_MASTER, BRIDGE -> true;
        default -> false;
      };
    }
  }

  public Settings {
    faults = new TreeSet<>(faults);
  }

  /** A run on one network. */
  public Settings(
      long seed, Guarantee guarantee, int servers, Set<Fault> faults, long faultyNanos) {
    this(seed, guarantee, servers, faults, faultyNanos, false);
  }

  /** The same run, longer, with servers in regions far apart. */
  public Settings inWideArea() {
    return new Settings(seed, guarantee, servers, faults, faultyNanos * WideArea.RARER, true);
  }

  /** Times that are meant for one network, as long as they have to be for this run. */
  long slower(long nanos) {
    return wideArea ? nanos * WideArea.SLOWER : nanos;
  }

  /** The time from one fault to the next, as long as it has to be for this run. */
  long seldom(long nanos) {
    return wideArea ? nanos * WideArea.RARER : nanos;
  }

  /** Draws where the servers are. */
  Chance regions() {
    return new Chance(seed ^ SHAPE << 3);
  }

  /**
   * A run whose faults follow from the seed, and its size where {@code servers} is 0. Under TIMED
   * every third run keeps what that guarantee assumes, so that all of it is checked there.
   */
  public static Settings ofSeed(long seed, Guarantee guarantee, int servers) {
    Chance chance = new Chance(seed ^ SHAPE);
    boolean timed = guarantee == Guarantee.TIMED;
    Set<Fault> faults = new TreeSet<>();
    if (timed && chance.oneIn(3)) {
      faults.add(Fault.CRASH);
    } else {
      for (Fault fault : DRAWN) {
        if (chance.oneIn(2)) {
          faults.add(fault);
        }
      }
    }
    int size = servers > 0 ? servers : chance.between(2, 5);
    return new Settings(seed, guarantee, size, faults, 4_000 * MILLI);
  }

  /** The same run with these faults and no others, and with the servers that they take. */
  public Settings withFaults(Set<Fault> others) {
    int least = others.stream().mapToInt(fault -> fault.leastServers).max().orElse(0);
    return new Settings(seed, guarantee, Math.max(servers, least), others, faultyNanos, wideArea);
  }

  /** Whether the servers of this run keep snapshots in the place of what they have executed. */
  boolean compacts() {
    return seed % COMPACTING_ONE_IN == 0;
  }

  /** Of its own, so that a run without compaction is what it would be without the possibility. */
  Chance compaction() {
    return new Chance(seed ^ COMPACTION);
  }

  /** Of their own: what clients choose by chance. */
  Chance users() {
    return new Chance(seed ^ USERS);
  }

  /** Whether the run keeps what TIMED assumes: no partition, no pause, delays within the bound. */
  boolean keepsTimingAssumptions() {
    return faults.stream().allMatch(fault -> fault == Fault.CRASH);
  }

  boolean has(Fault fault) {
    return faults.contains(fault);
  }

  /** Every other run has a name server; what it does by chance is drawn from here. */
  Optional<Chance> names() {
    Chance chance = new Chance(seed ^ SHAPE << 2);
    return chance.oneIn(2) ? Optional.of(chance) : Optional.empty();
  }

  /** In every fourth run servers are rated; what happens to their ratings is drawn from here. */
  Optional<Chance> ratings() {
    return isRated() ? Optional.of(new Chance(seed ^ SHAPE << 3)) : Optional.empty();
  }

  private boolean isRated() {
    return !wideArea && seed % RATED_ONE_IN == 1;
  }

  /**
   * The group's configuration: the order of preference, the drift and the limits are drawn. Where
   * servers are rated masters change so often that one entry a message is too slow to catch up.
   */
  GroupConfiguration group() {
    Chance chance = new Chance(seed ^ SHAPE << 1);
    List<Integer> indexes = indexes(chance);
    int least = has(Fault.CLOCK_RATE) ? 1 : 0;
    int drift = DRIFTS_PPM.get(Math.max(least, chance.between(0, DRIFTS_PPM.size() - 1)));
    GroupConfiguration.Limits drawn = LIMITS.get(chance.between(0, LIMITS.size() - 1));
    GroupConfiguration.Limits limits =
        isRated() && drawn.entriesPerMessage() == 1 ? LIMITS.get(0) : drawn;
    if (wideArea) {
      return WideArea.group(guarantee, indexes, drift);
    }
    long timeout = 2 * DELAY_NANOS + 70 * MILLI;
    return new GroupConfiguration(
        guarantee,
        indexes,
        new Timing(PERIOD_NANOS, timeout, timeout + BASE_NANOS + 5 * MILLI, drift),
        new ElectionDelay(
            DelayFormula.TIGHT,
            BASE_NANOS,
            2 * PERIOD_NANOS + DELAY_NANOS,
            DelayTable.uniform(servers, DELAY_NANOS)),
        limits);
  }

  /** Drawn under QUORUM; under TIMED the specification takes the number for the index. */
  private List<Integer> indexes(Chance chance) {
    List<Integer> indexes = new ArrayList<>();
    for (int number = 1; number <= servers; number++) {
      indexes.add(chance.between(0, indexes.size()), number);
    }
    return guarantee == Guarantee.QUORUM && !isRated()
        ? indexes
        : indexes.stream().sorted().toList();
  }

  /** A clock rate within the allowed drift; one in three is as far off as is allowed. */
  static double rate(int driftPpm, Chance chance) {
    int off = chance.oneIn(3) ? driftPpm : chance.between(0, driftPpm);
    return 1 + (chance.oneIn(2) ? off : -off) / 1e6;
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
