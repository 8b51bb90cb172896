package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.processes.GroupWatch;
import org.mastership.harness.processes.ServerStatus;
import org.mastership.node.service.KeyValueService;

/**
 * Claim 20 between real servers: the first of the configuration has a quarter of a processor, so
 * that it measures less power than the others, and is to be preferred last.
 */
@ExtendWith(ContainerTests.class)
class MeasuredPowerIT {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String WEAK = "s1";
  private static final int MOST_RESTARTS = 5;
  private static final String CONFIGURATION = "ranking: power\npreempt: 1s\n";

  @TempDir private Path folder;
  @AutoClose private ContainerGroup group;
  @AutoClose private GroupWatch watch;

  @BeforeEach
  void startGroup() throws Exception {
    group =
        ContainerGroup.create(
            folder,
            new ContainerGroup.Settings(
                3, Guarantee.QUORUM, 0, KeyValueService.class, CONFIGURATION));
    watch = new GroupWatch(group);
    group.server(1).limitProcessors(0.25);
    group.server(1).start();
    int weak = awaitPower(1);
    startUntilStronger(2, weak);
    startUntilStronger(3, weak);
  }

  /** Each measures while nothing else starts; again where this machine was busy all the same. */
  private void startUntilStronger(int number, int weak) throws Exception {
    group.server(number).start();
    for (int again = 0; again < MOST_RESTARTS && awaitPower(number) <= weak; again++) {
      group.server(number).kill();
      group.server(number).start();
    }
  }

  private int awaitPower(int number) {
    return await()
        .atMost(LONG)
        .until(() -> said(watch.statuses(), "rating").getOrDefault("s" + number, 0), is -> is > 0);
  }

  @Test
  void theServerThatMeasuresLessPowerIsPreferredLastAndDoesNotStayMaster() {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              List<ServerStatus> statuses = watch.statuses();
              Map<String, Integer> power = said(statuses, "rating");
              Map<String, Integer> index = said(statuses, "index");
              assertThat(power).hasSize(3).doesNotContainValue(0);
              assertThat(power.entrySet())
                  .filteredOn(each -> !each.getKey().equals(WEAK))
                  .allMatch(each -> each.getValue() > power.get(WEAK));
              assertThat(index).as("by %s", power).containsEntry(WEAK, 3);
              assertThat(statuses.stream().filter(ServerStatus::isMaster))
                  .singleElement()
                  .satisfies(
                      master -> {
                        assertThat(index).containsEntry(master.name(), 1);
                        assertThat(master.isFollowedBy(1, 1)).isTrue();
                      });
            });
  }

  private static Map<String, Integer> said(List<ServerStatus> statuses, String key) {
    return statuses.stream()
        .collect(Collectors.toMap(ServerStatus::name, each -> each.json().path(key).asInt()));
  }
}
