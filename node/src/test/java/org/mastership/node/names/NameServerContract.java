package org.mastership.node.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Epoch;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.NameServerSettings;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.server.EmbeddedGroup;

/** What every name server must do; each kind runs it against a real one. */
abstract class NameServerContract {
  /** A group's entry; no test uses the group of another. */
  abstract NameServer names(String group) throws Exception;

  /** A group's entry at an address where nothing answers. */
  abstract NameServer nobody() throws Exception;

  /** What a configuration file says of it. */
  abstract String section() throws Exception;

  static Registration registration(long round, int number) {
    return new Registration(
        new Epoch(round, number), "s" + number, new Address("127.0.0.1", 7100 + number));
  }

  @Test
  void aClientThatKnowsTheNameServerOnlyFollowsAFailover(@TempDir Path data) throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(data, "name_server: " + section(), 3)) {
      NameServerSettings known = group.configuration("s1").nameServer().orElseThrow();
      ClientConfiguration configuration = ClientConfiguration.of(known, "embedded");
      String first = group.awaitMaster();
      try (MastershipClient client =
          new MastershipClient(configuration.withDeadline(Duration.ofMinutes(1)))) {
        KeyValueClient values = new KeyValueClient(client);
        values.put(bytes("key"), bytes("before")).get();

        group.kill(first);

        values.put(bytes("other"), bytes("after")).get();
        assertThat(values.get(bytes("key")).get()).contains(bytes("before"));
      }
      assertThat(group.awaitMaster()).isNotEqualTo(first);
      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptions()
          .until(
              () -> names("embedded").lookUp().orElseThrow().master().equals(group.awaitMaster()));
    }
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  @Test
  void aMasterIsFoundOnceItIsRegistered() throws Exception {
    NameServer names = names("found");
    assertThat(names.lookUp()).isEmpty();

    assertThat(names.publish(registration(1, 2))).isEqualTo(registration(1, 2));
    assertThat(names("found").lookUp()).contains(registration(1, 2));
    assertThat(names("another").lookUp()).isEmpty();
  }

  @Test
  void anOldMasterCanNotTakeTheNameBack() throws Exception {
    NameServer names = names("old");
    names.publish(registration(1, 1));
    names.publish(registration(2, 2));

    assertThat(names.publish(registration(1, 1))).isEqualTo(registration(2, 2));
    assertThat(names.lookUp()).contains(registration(2, 2));
  }

  @Test
  void ofOneRoundTheSmallerNumberIsHigher() throws Exception {
    NameServer names = names("round");
    names.publish(registration(3, 2));

    assertThat(names.publish(registration(3, 3))).isEqualTo(registration(3, 2));
    assertThat(names.publish(registration(3, 1))).isEqualTo(registration(3, 1));
  }

  @Test
  void aRegistrationIsRenewed() throws Exception {
    NameServer names = names("renewed");
    names.publish(registration(4, 1));

    assertThat(names.publish(registration(4, 1))).isEqualTo(registration(4, 1));
    assertThat(names.lookUp()).contains(registration(4, 1));
  }

  @Test
  void ofManyAtOnceTheHighestStands() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Registration>> all = new ArrayList<>();
      for (int number = 1; number <= 4; number++) {
        NameServer names = names("race");
        Registration mine = registration(5, number);
        all.add(() -> names.publish(mine));
      }
      for (Future<Registration> each : threads.invokeAll(all)) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(names("race").lookUp()).contains(registration(5, 1));
  }

  @Test
  void whereNobodyAnswersTheErrorSaysWho() throws Exception {
    NameServer names = nobody();
    assertThatThrownBy(names::lookUp)
        .isInstanceOf(NameServerException.class)
        .hasMessageContaining("127.0.0.1:1 does not answer");
  }
}
