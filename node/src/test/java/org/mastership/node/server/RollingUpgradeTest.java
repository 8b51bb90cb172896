package org.mastership.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;

/**
 * A group of servers that speak the version of the wire format before this one, as an older release
 * does, is upgraded server by server. What only the new version has are ratings.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RollingUpgradeTest {
  private static final List<String> NAMES = List.of("s1", "s2", "s3");

  @TempDir private Path folder;

  /** How a server says that all are rated. */
  private static String ratings(EmbeddedGroup group, String name) throws Exception {
    return new ObjectMapper().readTree(group.server(name).statusJson()).get("ratings").toString();
  }

  @Test
  void noRequestFailsAndAtTheEndAllSpeakTheNewVersion() throws Exception {
    try (EmbeddedGroup group =
        EmbeddedGroup.prepare(folder, "ranking: power\nwire_version: 2", 3)) {
      for (String name : NAMES) {
        group.configure("name: " + name + ",", "name: " + name + ", power: 7,");
      }
      group.startAll();
      group.awaitMaster();
      try (MastershipClient client = new MastershipClient(group.client());
          Increments increments = new Increments(client)) {
        increments.awaitMore();
        assertThat(ratings(group, "s1")).isEqualTo("[7,0,0]");

        group.configure("wire_version: 2", "wire_version: 3");
        for (String name : NAMES) {
          group.stop(name);
          increments.awaitMore();
          group.start(name);
          await()
              .atMost(1, TimeUnit.MINUTES)
              .until(() -> group.server(name).mastership().master().isPresent());
          increments.awaitMore();
        }
        increments.end();

        assertThat(increments.failed()).isFalse();
        assertThat(new KeyValueClient(client).increment(Increments.KEY, 0).join())
            .isEqualTo(increments.answered());
      }
      await()
          .atMost(1, TimeUnit.MINUTES)
          .untilAsserted(
              () -> {
                for (String name : NAMES) {
                  assertThat(ratings(group, name)).isEqualTo("[7,7,7]");
                }
              });
    }
  }
}
