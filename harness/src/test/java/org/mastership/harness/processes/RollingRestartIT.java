package org.mastership.harness.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ServerConfiguration.Address;

/**
 * All servers of a group are stopped by SIGTERM and started again, one after the other, under load.
 */
class RollingRestartIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** On a busy machine a hand-over may take longer than a master waits for it. */
  private static final int MOST_ROUNDS = 3;

  private static final ByteString KEY = ByteString.copyFromUtf8("n");

  @TempDir private Path folder;

  @Test
  void noRequestFailsAndEachIsExecutedOnce() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    try (ProcessGroup group = ProcessGroup.create(folder, 3, Guarantee.QUORUM);
        GroupWatch watch = new GroupWatch(group);
        MastershipClient client =
            new MastershipClient(
                ClientConfiguration.of(group.addresses().toArray(Address[]::new))
                    .withDeadline(LONG))) {
      KeyValueClient store = new KeyValueClient(client);
      group.startAll();
      watch.awaitWhole(LONG);
      CompletableFuture<Long> answered = CompletableFuture.supplyAsync(() -> ask(store, ended));

      int handedOver = 0;
      for (int round = 0; round < MOST_ROUNDS && handedOver == 0; round++) {
        for (ServerProcess server : group.servers()) {
          server.stop();
          server.start();
          watch.awaitWhole(LONG);
        }
        handedOver = handOvers(group);
      }
      ended.set(true);

      assertThat(handedOver).as("masters that handed over").isPositive();
      assertThat(answered.join()).isPositive();
      assertThat(store.increment(KEY, 0).join()).isEqualTo(answered.join());
    }
  }

  private static int handOvers(ProcessGroup group) throws Exception {
    int count = 0;
    for (ServerProcess server : group.servers()) {
      for (String line : Files.readAllLines(server.log())) {
        count += line.contains("LOST") && line.contains("(resigned)") ? 1 : 0;
      }
    }
    return count;
  }

  /** How many requests were answered; fails if one is not. */
  private static long ask(KeyValueClient store, AtomicBoolean ended) {
    long answered = 0;
    while (!ended.get()) {
      store.increment(KEY, 1).join();
      answered++;
    }
    return answered;
  }
}
