package org.mastership.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Indexes that follow from what servers are rated by (claims 20, 21). */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RankingTest {
  private static final List<String> NAMES = List.of("s1", "s2", "s3");
  private static final int MOST_FAILOVERS = 5;

  @TempDir private Path folder;

  /** What each server of the group says of itself under a key. */
  private static List<Integer> said(EmbeddedGroup group, String key) throws Exception {
    List<Integer> said = new ArrayList<>();
    for (ServerGroup server : group.servers()) {
      JsonNode status = new ObjectMapper().readTree(server.statusJson());
      said.add(status.get(key).asInt());
    }
    return said;
  }

  private static void rate(EmbeddedGroup group, String name, String rating) throws Exception {
    group.configure("name: " + name + ",", "name: " + name + ", " + rating + ",");
  }

  @ParameterizedTest
  @CsvSource({"quorum, power", "timed, power", "quorum, bandwidth"})
  void theBestRatedServerIsPreferredAndAllAgreeOnTheIndexes(String guarantee, String by)
      throws Exception {
    String settings = "guarantee: " + guarantee + "\nranking: " + by;
    try (EmbeddedGroup group = EmbeddedGroup.prepare(folder, settings, 3)) {
      rate(group, "s1", by + ": 10");
      rate(group, "s2", by + ": 20");
      rate(group, "s3", by + ": 30");
      group.startAll();
      awaitRanked(group);
      assertTheBestRatedTakesOver(group);
    }
  }

  /** The indexes follow from the ratings, and the best rated of the back-ups waits the shortest. */
  private static void awaitRanked(EmbeddedGroup group) {
    await()
        .atMost(1, TimeUnit.MINUTES)
        .untilAsserted(
            () -> {
              assertThat(said(group, "index")).containsExactly(3, 2, 1);
              List<Integer> delays = said(group, "electionDelayMillis");
              delays.remove(NAMES.indexOf(group.awaitMaster()));
              assertThat(delays.get(1)).isLessThan(delays.get(0));
            });
  }

  /** One that is kept from its processor for some ten ms is overtaken by the next one, rightly. */
  private static void assertTheBestRatedTakesOver(EmbeddedGroup group) throws Exception {
    List<String> masters = new ArrayList<>();
    while (masters.size() < MOST_FAILOVERS) {
      String master = group.awaitMaster();
      String best = master.equals("s3") ? "s2" : "s3";
      group.kill(master);
      String next = group.awaitMaster();
      if (next.equals(best)) {
        return;
      }
      masters.add(next);
      group.start(master);
      awaitRanked(group);
    }
    fail("the best rated back-up never became master, but " + masters);
  }

  @Test
  void aServerThatComesBackMorePowerfulTakesOverWithPreempt() throws Exception {
    String settings = "ranking: power\npreempt: 1s";
    try (EmbeddedGroup group = EmbeddedGroup.prepare(folder, settings, 3)) {
      rate(group, "s1", "power: 30");
      rate(group, "s2", "power: 20");
      rate(group, "s3", "power: 10");
      group.startAll();
      await().atMost(1, TimeUnit.MINUTES).until(() -> group.server("s1").mastership().isMaster());

      group.stop("s3");
      group.configure("power: 10", "power: 40");
      group.start("s3");

      await().atMost(1, TimeUnit.MINUTES).until(() -> group.server("s3").mastership().isMaster());
      await()
          .atMost(1, TimeUnit.MINUTES)
          .untilAsserted(() -> assertThat(said(group, "index")).containsExactly(2, 3, 1));
    }
  }

  @Test
  void powerIsMeasuredWhereItIsNotGiven() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, "ranking: power", 2)) {
      group.awaitMaster();
      assertThat(said(group, "rating")).allMatch(rating -> rating > 0);
    }
  }

  @Test
  void bandwidthIsMeasuredBetweenServers() throws Exception {
    String settings = "ranking: bandwidth\nranking_every: 200ms";
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, settings, 3)) {
      group.awaitMaster();
      await()
          .atMost(1, TimeUnit.MINUTES)
          .untilAsserted(
              () -> assertThat(said(group, "rating")).allMatch(megabits -> megabits > 0));
    }
  }
}
