package org.mastership.harness.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Epoch;
import org.mastership.core.Guarantee;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.NameServerSettings;
import org.mastership.node.config.NameServerSettings.Kind;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.names.NameEndpoint;
import org.mastership.node.names.NameServer;
import org.mastership.node.names.NameServers;
import org.mastership.node.names.Registration;
import org.mastership.node.service.KeyValueService;

/** Groups of real processes whose mastership is registered at a name server (claim 27, R8, R13). */
class NameServerIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** Longer than the pause between two looks of a master at the name server. */
  private static final long LONGER_THAN_A_LOOK_MILLIS = 3_500;

  @TempDir private Path folder;
  @AutoClose private NameEndpoint endpoint;
  private NameServer names;

  @BeforeEach
  void start() throws Exception {
    endpoint =
        NameEndpoint.start(new Address("127.0.0.1", 0), folder.resolve("names"), Optional.empty());
    names = NameServers.of(settings(), group());
  }

  private String group() {
    return String.valueOf(folder.getFileName());
  }

  private NameServerSettings settings() {
    return new NameServerSettings(
        Kind.EMBEDDED,
        new Address("127.0.0.1", endpoint.port()),
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1);
  }

  private void configure(String file) throws IOException {
    Files.writeString(
        folder.resolve(file),
        "name_server: { address: \"127.0.0.1:" + endpoint.port() + "\" }\n",
        StandardOpenOption.APPEND);
  }

  private Registration awaitRegistered(Predicate<String> master) {
    return Awaitility.await()
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(names::lookUp, found -> found.map(Registration::master).filter(master).isPresent())
        .orElseThrow();
  }

  private static void put(KeyValueClient keys, String value) {
    ByteString bytes = ByteString.copyFromUtf8(value);
    keys.put(bytes, bytes).join();
    assertThat(keys.get(bytes).join()).contains(bytes);
  }

  @Test
  void aMasterThatWasPausedDoesNotTakeTheNameBack() throws Exception {
    ProcessGroup group = ProcessGroup.create(folder, 3, Guarantee.QUORUM);
    configure(ProcessGroup.CONFIGURATION);
    try (group;
        GroupWatch watch = new GroupWatch(group);
        Looks looks = new Looks();
        MastershipClient client =
            new MastershipClient(ClientConfiguration.of(settings(), group()).withDeadline(LONG))) {
      group.startAll();
      ServerProcess paused = group.server(watch.awaitWhole(LONG).number());
      KeyValueClient keys = new KeyValueClient(client);
      put(keys, "before");
      Registration old = awaitRegistered(each -> each.equals(paused.name()));

      paused.pause();
      Registration next = awaitRegistered(each -> !each.equals(paused.name()));
      put(keys, "during");
      TimeUnit.MILLISECONDS.sleep(LONGER_THAN_A_LOOK_MILLIS);
      paused.resume();
      watch.awaitWhole(LONG);
      put(keys, "after");

      assertThat(old.master()).isEqualTo(paused.name());
      assertThat(next.epoch().isAbove(old.epoch())).isTrue();
      assertThat(looks.epochs())
          .as("with %s failed looks", looks.failed)
          .isSorted()
          .containsOnlyOnce(old.epoch(), next.epoch());
      assertThat(names.lookUp()).isPresent().isNotEqualTo(Optional.of(old));
    }
  }

  /** Looks at the name server all the time, and keeps each epoch that it has not seen last. */
  private final class Looks implements AutoCloseable {
    private static final long PAUSE_MILLIS = 5;
    private final List<Epoch> epochs = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger failed = new AtomicInteger();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    Looks() {
      thread.scheduleWithFixedDelay(this::look, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
      try {
        names.lookUp().map(Registration::epoch).ifPresent(this::keep);
      } catch (IOException e) {
        failed.incrementAndGet(); // the next look is soon
      }
    }

    private void keep(Epoch epoch) {
      if (epochs.isEmpty() || !epochs.get(epochs.size() - 1).equals(epoch)) {
        epochs.add(epoch);
      }
    }

    List<Epoch> epochs() {
      return List.copyOf(epochs);
    }

    @Override
    public void close() {
      thread.shutdownNow();
    }
  }

  @Test
  void mastersThatDoNotReachEachOtherMeetThere() throws Exception {
    ProcessGroup group =
        ProcessGroup.relayed(folder, 2, Guarantee.TIMED, Optional.empty(), KeyValueService.class);
    configure("s1.yaml");
    configure("s2.yaml");
    try (group;
        GroupWatch watch = new GroupWatch(group)) {
      group.server(1).start();
      awaitLine(group.server(1), "GAINED .* master s1 \\(elected\\)");
      group.server(2).start();
      assertThat(watch.awaitWhole(LONG).name()).isEqualTo("s1");

      group.links().isolate(1);

      awaitLine(group.server(2), "GAINED .* master s2 \\(elected\\)");
      awaitLine(group.server(1), "GAINED .* master s1 \\(revoked other\\)");
      awaitLine(group.server(2), "FOLLOWING .* master s1 \\(registered\\)");
    }
  }

  private static void awaitLine(ServerProcess server, String pattern) {
    Awaitility.await()
        .atMost(LONG)
        .until(
            () ->
                Files.readString(server.log())
                    .lines()
                    .anyMatch(each -> each.matches(".*" + pattern + ".*")));
  }
}
