package org.mastership.node.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.node.config.ServerConfiguration.Address;

/** A real etcd. */
class EtcdNamesTest extends NameServerContract {
  private static final long LONG_LEASE_SECONDS = 600;
  @TempDir static Path folder;
  private static int port;
  private static Daemon etcd;

  @BeforeAll
  static void start() throws Exception {
    Daemon.requireInstalled("etcd", "etcd-server");
    port = Daemon.freePort();
    String peers = "http://127.0.0.1:" + Daemon.freePort();
    String clients = "http://127.0.0.1:" + port;
    etcd =
        Daemon.start(
            folder,
            port,
            "etcd",
            "--data-dir=" + folder.resolve("data"),
            "--listen-client-urls=" + clients,
            "--advertise-client-urls=" + clients,
            "--listen-peer-urls=" + peers,
            "--initial-advertise-peer-urls=" + peers,
            "--initial-cluster=default=" + peers);
    Daemon.awaitAnswer(new EtcdNames(new Address("127.0.0.1", port), "group", 1)::lookUp);
  }

  @AfterAll
  static void stop() {
    if (etcd != null) {
      etcd.close();
    }
  }

  @Override
  NameServer names(String group) {
    return new EtcdNames(new Address("127.0.0.1", port), group, LONG_LEASE_SECONDS);
  }

  @Override
  String section() {
    return "{ kind: etcd, address: \"127.0.0.1:" + port + "\" }";
  }

  @Override
  NameServer nobody() {
    return new EtcdNames(new Address("127.0.0.1", 1), "group", LONG_LEASE_SECONDS);
  }

  @Test
  void aRegistrationThatIsNotRenewedEndsButItsEpochStays() throws Exception {
    NameServer names = new EtcdNames(new Address("127.0.0.1", port), "leased", 1);
    names.publish(registration(3, 1));
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> names.lookUp().isEmpty());

    assertThat(names.publish(registration(2, 2))).isEqualTo(registration(3, 1));
    assertThat(names.lookUp()).isEmpty();
  }
}
