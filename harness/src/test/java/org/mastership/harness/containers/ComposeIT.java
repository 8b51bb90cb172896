package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ServerConfiguration.Address;

/** The group of the compose file, as a user starts and stops it. */
@ExtendWith(ContainerTests.class)
class ComposeIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String PROJECT = "mastership-compose-it";
  private static final int SERVERS = 5;
  private static final int FIRST_PORT = 7101;

  /** What Java ends with after SIGTERM; it would be 137 after SIGKILL. */
  private static final long TERMINATED = 143;

  private static final ByteString KEY = ByteString.copyFromUtf8("key");
  private static final ByteString VALUE = ByteString.copyFromUtf8("value");

  private Compose compose;
  private DockerClient engine;

  @BeforeEach
  void start() throws Exception {
    engine = Engine.client();
    compose = Compose.installed(PROJECT, Map.of("MASTERSHIP_IMAGE", Image.SERVER.build()));
    tell("down", "-v"); // what a killed test has left
    tell("up", "-d");
    awaitHealthy();
  }

  @AfterEach
  void end() throws Exception {
    if (compose != null) {
      tell("down", "-v");
    }
  }

  private void tell(String... arguments) throws InterruptedException {
    Compose.Outcome outcome = compose.run(arguments);
    assertThat(outcome.status()).as(outcome.printed()).isZero();
  }

  private List<InspectContainerResponse> containers() {
    return engine
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of("com.docker.compose.project", PROJECT))
        .exec()
        .stream()
        .map(each -> engine.inspectContainerCmd(each.getId()).exec())
        .toList();
  }

  private void awaitHealthy() {
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(containers())
                    .hasSize(SERVERS)
                    .allMatch(each -> "healthy".equals(each.getState().getHealth().getStatus())));
  }

  private static MastershipClient client() {
    Address[] addresses = new Address[SERVERS];
    for (int i = 0; i < SERVERS; i++) {
      addresses[i] = new Address("127.0.0.1", FIRST_PORT + i);
    }
    return new MastershipClient(ClientConfiguration.of(addresses).withDeadline(LONG));
  }

  @Test
  void itServesWithoutRightsEndsInOrderAndKeepsItsData() throws Exception {
    try (MastershipClient client = client()) {
      new KeyValueClient(client).put(KEY, VALUE).join();
    }
    assertThat(containers())
        .extracting(each -> each.getHostConfig().getCapDrop())
        .allSatisfy(dropped -> assertThat(dropped).containsExactly(Capability.ALL));

    tell("stop");
    assertThat(containers())
        .extracting(each -> each.getState().getExitCodeLong())
        .hasSize(SERVERS)
        .containsOnly(TERMINATED);

    tell("start", "ada", "bob", "eve"); // a majority
    try (MastershipClient client = client()) {
      assertThat(new KeyValueClient(client).get(KEY).join()).contains(VALUE);
    }
  }
}
