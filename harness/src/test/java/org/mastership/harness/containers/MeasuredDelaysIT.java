package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.checker.MastershipChecker;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.network.Delay;
import org.mastership.harness.network.Links.Link;
import org.mastership.harness.processes.GroupWatch;
import org.mastership.harness.processes.ServerStatus;
import org.mastership.node.service.KeyValueService;

/**
 * R11 between real servers: what is configured allows for 400 ms between any two, the links between
 * them take 20 to 60 ms, each another time.
 */
@ExtendWith(ContainerTests.class)
class MeasuredDelaysIT {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int SERVERS = 4;
  private static final double PERIOD = 25;

  /** D of the first back-up, and how far each next one is behind it, as it is configured. */
  private static final double BASE = 10;

  private static final double CONFIGURED_APART = 400 + PERIOD + 400;

  private static final String CONFIGURATION =
      "election: { base: 10ms, delay: 400ms, measure_every: 20ms }\n";

  /** From the server of the row to that of the column, in ms. */
  private static final int[][] DELAYS = {
    {0, 20, 35, 60},
    {25, 0, 45, 30},
    {30, 50, 0, 55},
    {60, 40, 20, 0}
  };

  @TempDir private Path folder;
  @AutoClose private ContainerGroup group;
  @AutoClose private GroupWatch watch;

  @BeforeEach
  void startGroup() throws Exception {
    group =
        ContainerGroup.create(
            folder,
            new ContainerGroup.Settings(
                SERVERS, Guarantee.TIMED, 0, KeyValueService.class, CONFIGURATION));
    watch = new GroupWatch(group);
    for (Link link : group.links().all()) {
      Duration least = Duration.ofMillis(delay(link.from(), link.to()));
      group.links().delay(List.of(link), new Delay(least, Duration.ZERO));
    }
    group.server(1).start();
    await().atMost(LONG).until(() -> !watch.statuses().isEmpty());
    group.startAll();
  }

  private static int delay(int from, int to) {
    return DELAYS[from - 1][to - 1];
  }

  @Test
  void delaysFallToWhatIsMeasuredKeepBackUpsApartAndDecideWhoIsNextWithoutADoubleDeclaration()
      throws Exception {
    assertThat(watch.awaitWhole(LONG).number()).as("the first election").isEqualTo(1);
    awaitMeasured(1, List.of(2, 3, 4));

    group.server(1).kill();
    awaitMaster(2);
    awaitMasters("s1", "s2");
    tell(1, 2);

    group.server(1).start();
    watch.awaitWhole(LONG);
    awaitMeasured(2, List.of(1, 3, 4));

    // now the delay of a later back-up counts, too
    group.server(1).kill();
    group.server(2).kill();
    awaitMaster(3);
    watch.await(
        "s4 follows s3", LONG, () -> watch.master().filter(each -> each.isFollowedBy(4, 1)));
    awaitMasters("s1", "s2", "s3");
    assertThat(MastershipChecker.problem(group.masterships())).isEmpty();
    tell(2, 3);
  }

  private void awaitMaster(int expected) throws Exception {
    ServerStatus next = watch.await("another master", LONG, watch::master);
    assertThat(next.number()).as("the preferred one of those that are left").isEqualTo(expected);
  }

  /** What a server observes is in its file a little later. */
  private void awaitMasters(String... expected) {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(masters()).containsExactlyInAnyOrder(expected));
  }

  /** Who ever was master, each in one tenure only. */
  private Set<String> masters() throws Exception {
    Map<String, Set<Long>> tokens = new HashMap<>();
    for (Observation each : group.masterships()) {
      if (each.token() != 0) {
        tokens.computeIfAbsent(each.server(), none -> new TreeSet<>()).add(each.token());
      }
    }
    assertThat(tokens.values()).as("%s", tokens).allMatch(each -> each.size() == 1);
    return tokens.keySet();
  }

  /** Waits until a later back-up waits less than an earlier one had to, then compares each pair. */
  private void awaitMeasured(int master, List<Integer> backups) {
    int last = backups.get(backups.size() - 1);
    await()
        .atMost(LONG)
        .until(
            () ->
                electionDelays().getOrDefault(last, 1e9) < BASE + CONFIGURED_APART
                    && allMeasured());
    for (int i = 0; i < 5; i++) {
      Map<Integer, Double> steady = steady();
      System.out.println("D(i) in ms under s" + master + ": " + steady);
      requireApart(master, backups, steady);
    }
    for (ServerStatus status : watch.statuses()) {
      requireMeasured(status);
    }
  }

  private boolean allMeasured() {
    List<ServerStatus> statuses = watch.statuses();
    return statuses.size() == SERVERS
        && statuses.stream()
            .flatMap(each -> StreamSupport.stream(each.json().path("peers").spliterator(), false))
            .allMatch(peer -> peer.has("delayMillis"));
  }

  /** What holds at one moment: answers that are the same a little later. */
  private Map<Integer, Double> steady() {
    return await()
        .atMost(LONG)
        .until(
            () -> {
              Map<Integer, Double> first = electionDelays();
              return first.equals(electionDelays()) ? first : Map.<Integer, Double>of();
            },
            same -> same.size() == SERVERS);
  }

  private Map<Integer, Double> electionDelays() {
    return watch.statuses().stream()
        .collect(
            Collectors.toMap(
                ServerStatus::number, each -> each.json().path("electionDelayMillis").asDouble()));
  }

  /**
   * The bound that a configuration is checked for, D(i) >= D(j) + delay(j, i) + s, by real delays.
   */
  private static void requireApart(
      int master, List<Integer> backups, Map<Integer, Double> electionDelays) {
    double reply = backups.stream().mapToInt(each -> delay(master, each)).max().orElseThrow();
    for (int i = 1; i < backups.size(); i++) {
      for (int j = 0; j < i; j++) {
        double preferred = electionDelays.get(backups.get(j));
        double heard = preferred + delay(backups.get(j), backups.get(i)) + PERIOD + reply;
        assertThat(electionDelays.get(backups.get(i)))
            .as("D of s%d, which must hear s%d: %s", backups.get(i), backups.get(j), electionDelays)
            .isGreaterThanOrEqualTo(heard);
      }
    }
  }

  /**
   * What a server says of its round trips: no less than the links take, by the way of the relays.
   */
  private static void requireMeasured(ServerStatus status) {
    for (JsonNode peer : status.json().path("peers")) {
      int other = peer.path("number").asInt();
      int roundTrip = delay(status.number(), other) + delay(other, status.number());
      assertThat(peer.path("delayMillis").asDouble())
          .as("from s%d to s%d", status.number(), other)
          .isGreaterThanOrEqualTo(roundTrip);
    }
  }

  /** For who reads the output; how long a slow machine takes is nothing to compare with. */
  private void tell(int from, int to) throws Exception {
    long last = seen("s" + from).stream().mapToLong(Observation::before).max().orElseThrow();
    long first = seen("s" + to).stream().mapToLong(Observation::after).min().orElseThrow();
    System.out.printf(
        "from the last time that s%d is master to the first time that s%d is: %.0f ms%n",
        from, to, (first - last) / 1e6);
  }

  private Collection<Observation> seen(String server) throws Exception {
    return group.masterships().stream()
        .filter(each -> each.server().equals(server) && each.token() != 0)
        .toList();
  }
}
