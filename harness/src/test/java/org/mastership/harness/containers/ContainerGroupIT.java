package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.checker.MastershipChecker;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.checker.Verdict;
import org.mastership.harness.processes.GroupWatch;
import org.mastership.harness.processes.ServerStatus;

/** A group of five in containers, under what happens to machines and networks. */
@ExtendWith(ContainerTests.class)
class ContainerGroupIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration LEASE = Duration.ofMillis(105);
  private static final int CLIENTS = 4;

  @TempDir private Path folder;
  @AutoClose private ContainerGroup group;
  @AutoClose private GroupWatch watch;

  @BeforeEach
  void start() throws Exception {
    group = ContainerGroup.create(folder, new ContainerGroup.Settings(5, Guarantee.QUORUM, 0));
    watch = new GroupWatch(group);
    group.startAll();
  }

  @Test
  void answersStayLinearizableAndMastershipsApartUnderKillPauseAndPartition() throws Exception {
    watch.awaitWhole(LONG);
    try (RegisterTraffic traffic = new RegisterTraffic(group, CLIENTS)) {
      awaitAnswers(traffic);
      killAndRestart(traffic);
      pause(traffic);
      partition(traffic);

      Verdict verdict = traffic.finish();
      assertThat(verdict).as(verdict.text()).isInstanceOf(Verdict.Linearizable.class);
    }
    List<Observation> masterships = group.masterships();
    assertThat(masterships.stream().map(Observation::token).distinct()).hasSizeGreaterThan(3);
    assertThat(MastershipChecker.problem(masterships)).isEmpty();
    assertThat(keptMasterships()).containsAll(masterships);
  }

  /** As when this process ends, while somebody in it still wants to judge them. */
  private Set<Observation> keptMasterships() throws Exception {
    for (ContainerServer server : group.servers()) {
      server.keepMasterships();
    }
    group.close();
    return new HashSet<>(group.masterships());
  }

  private void killAndRestart(RegisterTraffic traffic) throws Exception {
    ServerStatus old = watch.awaitWhole(LONG);
    ContainerServer master = group.server(old.number());
    master.kill();
    assertThat(master.isRunning()).isFalse();
    ServerStatus next = awaitMasterAfter(old);
    assertThat(next.number()).isNotEqualTo(master.number());
    awaitAnswers(traffic);
    master.start();
  }

  private void pause(RegisterTraffic traffic) throws Exception {
    ServerStatus old = watch.awaitWhole(LONG);
    ContainerServer master = group.server(old.number());
    master.pause();
    TimeUnit.NANOSECONDS.sleep(3 * LEASE.toNanos());
    ServerStatus next = awaitMasterAfter(old);
    long resumed = System.nanoTime();
    master.resume();
    awaitAnswers(traffic);
    assertThat(watch.awaitWhole(LONG).epoch()).isNotEqualTo(old.epoch());
    assertThat(master.masterships())
        .as("what the one that was paused says after it woke, of a tenure before the next one")
        .noneMatch(
            seen -> seen.before() > resumed && seen.token() != 0 && seen.token() < next.token());
  }

  /** The master and one more on one side: it must give up, and the other side serves. */
  private void partition(RegisterTraffic traffic) throws Exception {
    ServerStatus master = watch.awaitWhole(LONG);
    Set<Integer> minority = new TreeSet<>(Set.of(master.number(), 1 + master.number() % 5));
    Set<Integer> majority = new TreeSet<>(Set.of(1, 2, 3, 4, 5));
    majority.removeAll(minority);
    group.links().partition(List.of(minority, majority));
    awaitMasterAfter(master, majority);
    awaitAnswers(traffic);
    awaitConnectionsGivenUp(majority, minority);
    group.links().heal();
    watch.awaitWhole(LONG);
    awaitAnswers(traffic);
  }

  /** Else they would stay silent long after the partition, for TCP tries less and less often. */
  private void awaitConnectionsGivenUp(Set<Integer> majority, Set<Integer> minority)
      throws Exception {
    watch.await(
        "no connection across the partition",
        LONG,
        () ->
            watch.statuses().stream()
                .filter(status -> status.isMaster() && majority.contains(status.number()))
                .filter(status -> minority.stream().noneMatch(status::isConnectedTo))
                .findFirst());
  }

  private ServerStatus awaitMasterAfter(ServerStatus old) throws Exception {
    return awaitMasterAfter(old, Set.of(1, 2, 3, 4, 5));
  }

  private ServerStatus awaitMasterAfter(ServerStatus old, Set<Integer> among) throws Exception {
    return watch.await(
        "a master after epoch " + old.epoch(),
        LONG,
        () ->
            watch.statuses().stream()
                .filter(status -> status.isMaster() && !status.epoch().equals(old.epoch()))
                .filter(status -> among.contains(status.number()))
                .findFirst());
  }

  /** Every client is answered several times more. */
  private static void awaitAnswers(RegisterTraffic traffic) {
    long before = traffic.answered();
    await().atMost(LONG).until(() -> traffic.answered() > before + 10 * CLIENTS);
  }
}
