package org.mastership.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.client.NoMasterException;
import org.mastership.node.client.ServerUnreachableException;
import org.mastership.node.config.ClientTls;
import org.mastership.node.config.ServerConfiguration.Address;

/** Clients of a group over TLS: what each needs, and what those are told who lack it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TlsGroupTest {
  private static final ByteString KEY = ByteString.copyFromUtf8("secret");
  private static final ByteString VALUE = ByteString.copyFromUtf8("kept");
  private static final String NOT_TRUSTED =
      "TLS failed: .*check the certificate and the authority of both sides";

  /** By the end of the connection, or by an alert if that arrives before. */
  private static final String REFUSED = "that of this side is wrong or missing|" + NOT_TRUSTED;

  private static final Duration ENOUGH_TO_BE_TOLD = Duration.ofSeconds(5);

  @TempDir private Path folder;
  private TestCertificates certificates;

  @BeforeEach
  void makeCertificates() throws Exception {
    certificates = new TestCertificates(folder);
  }

  private static void assertServed(ClientConfiguration configuration) {
    try (MastershipClient client = new MastershipClient(configuration)) {
      KeyValueClient store = new KeyValueClient(client);

      store.put(KEY, VALUE).join();

      assertThat(store.get(KEY).join()).contains(VALUE);
    }
  }

  private static void assertToldWhy(ClientConfiguration group, ClientTls files, String why) {
    Address server = group.servers().get(0);
    try (MastershipClient client = new MastershipClient(group.withTls(files))) {
      assertThatThrownBy(() -> client.status(server).join())
          .hasCauseInstanceOf(ServerUnreachableException.class)
          .hasMessageContaining(server.toString())
          .hasMessageMatching("(?s).*(" + why + ").*");
    }
  }

  @Test
  void underMutualTlsAClientNeedsACertificateOfTheGroup() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, certificates.setting(true), 3)) {
      assertServed(group.client());

      assertToldWhy(group.client(), certificates.trusting(), REFUSED);
      assertToldWhy(group.client(), certificates.strange(), REFUSED);
      assertToldWhy(group.client(), certificates.trustingStrangers(), NOT_TRUSTED);
    }
  }

  @Test
  void whereTheServersAskForNoneAClientNeedsOnlyToTrustThem() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, certificates.setting(false), 3)) {
      assertServed(group.client());
      assertServed(group.client().withTls(certificates.trusting()));

      assertToldWhy(group.client(), certificates.trustingStrangers(), NOT_TRUSTED);
    }
  }

  @Test
  void aRequestThatNoServerTakesSaysWhyNot() throws Exception {
    try (EmbeddedGroup group = EmbeddedGroup.start(folder, certificates.setting(true), 2);
        MastershipClient client =
            new MastershipClient(
                group
                    .client()
                    .withTls(certificates.trustingStrangers())
                    .withDeadline(ENOUGH_TO_BE_TOLD))) {
      assertThatThrownBy(() -> new KeyValueClient(client).put(KEY, VALUE).join())
          .hasCauseInstanceOf(NoMasterException.class)
          .hasMessageMatching("(?s).*" + NOT_TRUSTED + ".*");
    }
  }
}
