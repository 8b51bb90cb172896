package org.mastership.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.client.NoMasterException;
import org.mastership.node.client.RequestRejectedException;
import org.mastership.node.config.ServerConfiguration.Address;

/** Orderly hand-over (R10), as clients and operators see it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HandOverTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"quorum", "timed"})
  void theMasterHandsOverToTheServerThatIsNamedAndNoRequestFails(String guarantee)
      throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, "guarantee: " + guarantee, 3);
        MastershipClient client = new MastershipClient(group.client());
        Increments increments = new Increments(client)) {
      String master = group.awaitMaster();
      for (int round = 0; round < 10; round++) {
        String next = master.equals("s3") ? "s2" : "s3";
        increments.awaitMore();
        handOver(group, client, next);
        assertThat(group.server(master).mastership().isMaster()).isFalse();
        master = next;
      }
      increments.awaitMore();
      increments.end();

      assertThat(increments.failed()).isFalse();
      assertThat(new KeyValueClient(client).increment(Increments.KEY, 0).join())
          .isEqualTo(increments.answered());
    }
  }

  @Test
  void allServersAreRestartedOneAfterTheOtherAndNoRequestFails() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, "guarantee: quorum", 3);
        MastershipClient client = new MastershipClient(group.client());
        Increments increments = new Increments(client)) {
      for (String name : new String[] {"s1", "s2", "s3"}) {
        increments.awaitMore();
        group.stop(name);
        increments.awaitMore();
        group.start(name);
        await()
            .atMost(1, TimeUnit.MINUTES)
            .until(() -> group.server(name).mastership().master().isPresent());
      }
      increments.end();

      assertThat(increments.failed()).isFalse();
      assertThat(new KeyValueClient(client).increment(Increments.KEY, 0).join())
          .isEqualTo(increments.answered());
    }
  }

  @Test
  void withPreemptTheMasterHandsOverToAPreferredServerThatHasComeBack() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, "preempt: 1s", 3);
        MastershipClient client = new MastershipClient(group.client());
        Increments increments = new Increments(client)) {
      String first = group.awaitMaster();
      group.kill(first);
      increments.awaitMore();
      group.start(first);
      await().atMost(1, TimeUnit.MINUTES).until(() -> group.server("s1").mastership().isMaster());
      increments.awaitMore();
      increments.end();

      assertThat(increments.failed()).isFalse();
    }
  }

  @Test
  void whoIsNotMasterAndWhoCanNotHandOverSaysSo() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, "guarantee: timed", 2);
        MastershipClient client = new MastershipClient(group.client())) {
      String master = group.awaitMaster();
      String other = master.equals("s1") ? "s2" : "s1";

      assertThatThrownBy(() -> client.resign(address(group, other), "").join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(NoMasterException.class);
      assertThatThrownBy(() -> client.resign(address(group, master), "s9").join())
          .hasCauseInstanceOf(RequestRejectedException.class)
          .hasMessageContaining("no server of this group is called 's9'");
      assertThatThrownBy(() -> client.resign(address(group, master), master).join())
          .hasMessageContaining(master + " is master already");
      group.kill(other);
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> client.resign(address(group, master), other).join())
                      .hasMessageContaining("this server is still master"));
      assertThat(group.server(master).mastership().isMaster()).isTrue();
    }
  }

  /**
   * Asks whoever is master until the server that is named is: on a busy machine that may not be
   * brought up to date in time, or a third one may be faster.
   */
  private static void handOver(EmbeddedGroup group, MastershipClient client, String next) {
    await()
        .atMost(1, TimeUnit.MINUTES)
        .ignoreExceptionsInstanceOf(CompletionException.class)
        .until(
            () -> {
              String master = group.awaitMaster();
              boolean named =
                  master.equals(next)
                      || client.resign(address(group, master), next).join().equals(next);
              return named && group.server(next).mastership().isMaster();
            });
  }

  private static Address address(EmbeddedGroup group, String name) throws Exception {
    return group.configuration(name).self().address();
  }
}
