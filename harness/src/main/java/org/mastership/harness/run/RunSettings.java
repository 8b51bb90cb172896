package org.mastership.harness.run;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mastership.core.Guarantee;
import org.mastership.harness.workload.Kind;

/**
 * What a run is made of.
 *
 * @param ground what the servers run on
 * @param servers how many, 2 to 15
 * @param workloads what clients use of the key-value service; empty where a test has a service and
 *     clients of its own
 * @param faults what goes wrong, one or two at a time, drawn by chance; nothing if empty
 * @param duration how long it goes wrong; then all is healed
 * @param seed of everything that is drawn by chance
 * @param clients how many ask, each one thing at a time
 */
public record RunSettings(
    Ground ground,
    int servers,
    Guarantee guarantee,
    Set<Kind> workloads,
    Set<FaultKind> faults,
    Duration duration,
    long seed,
    int clients) {
  private static final int MOST_SERVERS = 15;
  private static final int MOST_CLIENTS = 256;

  /** Checks that the run is possible. */
  public RunSettings {
    workloads = new TreeSet<>(workloads);
    faults = new TreeSet<>(faults);
    require(servers >= 2 && servers <= MOST_SERVERS, "a group has 2 to 15 servers, not " + servers);
    require(
        guarantee == Guarantee.TIMED || servers >= 3,
        "quorum needs 3 servers or more: of 2, none may fail");
    require(clients >= 1 && clients <= MOST_CLIENTS, "there must be 1 to 256 clients");
    require(
        !duration.isNegative() && !duration.isZero() && duration.toDays() < 1,
        "a run takes more than nothing and less than a day");
    for (FaultKind fault : faults) {
      require(
          ground.can().contains(fault),
          "on the ground " + ground + " there is no fault " + fault + ", only " + ground.can());
      require(
          servers >= fault.leastServers(),
          "the fault " + fault + " needs " + fault.leastServers() + " servers or more");
    }
  }

  /** What does such a run again, on the command line. */
  public String command() {
    return "mastership-harness run --ground "
        + ground
        + " --servers "
        + servers
        + " --guarantee "
        + guarantee.name().toLowerCase(Locale.ROOT)
        + (workloads.isEmpty() ? "" : " --workload " + commas(workloads))
        + (faults.isEmpty() ? " --no-faults" : " --faults " + commas(faults))
        + " --duration "
        + duration.toSeconds()
        + " --seed "
        + seed
        + " --clients "
        + clients;
  }

  private static String commas(Set<?> names) {
    return names.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
