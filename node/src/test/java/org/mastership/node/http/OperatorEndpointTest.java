package org.mastership.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mastership.node.config.ServerConfiguration.Address;

/** What a load balancer, an orchestrator and Prometheus are told of a server. */
class OperatorEndpointTest {
  private static final String MASTER =
      """
      {"group": "g", "name": "ada", "role": "MASTER", "epoch": "3.1", "epochToken": 1022,
       "master": "ada", "isMaster": true, "leaseLeftMillis": 80.5, "last": "3.1:17",
       "committed": 16, "executed": 15, "stable": 17, "roundTripMillis": 0, "failed": null,
       "discarded": 2, "peers": [{"connected": true}, {"connected": false}],
       "seen": {"failovers": 4, "lastFailoverMillis": 120}}
      """;
  private static final String BACK_UP =
      "{\"group\": \"g\", \"name\": \"bob\", \"role\": \"BACKUP\", \"master\": \"ada\","
          + " \"isMaster\": false, \"failed\": null}";
  private static final String ALONE =
      "{\"role\": \"WAITING\", \"master\": \"\", \"isMaster\": false, \"failed\": null}";

  private final HttpClient client = HttpClient.newHttpClient();
  private CompletableFuture<String> status = CompletableFuture.completedFuture(MASTER);
  @AutoClose private OperatorEndpoint endpoint;

  @BeforeEach
  void listen() throws IOException {
    endpoint = OperatorEndpoint.start(new Address("127.0.0.1", 0), () -> status.copy());
  }

  private void serverSays(String json) {
    status = CompletableFuture.completedFuture(json);
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The status and the text, as in "200 master in epoch 3.1". */
  private String get(String path) throws Exception {
    HttpResponse<String> response = send("GET", path);
    return response.statusCode() + " " + response.body().strip();
  }

  @Test
  void theMasterSaysSo() throws Exception {
    assertThat(get("/master")).isEqualTo("200 master in epoch 3.1");
    assertThat(get("/back-up")).isEqualTo("503 not a back-up: MASTER");
    assertThat(get("/ready")).isEqualTo("200 MASTER; the master is ada");
    assertThat(get("/live")).isEqualTo("200 server ada answers");
  }

  @Test
  void aBackUpNamesItsMaster() throws Exception {
    serverSays(BACK_UP);

    assertThat(get("/master")).isEqualTo("503 not master; the master is ada");
    assertThat(get("/back-up")).isEqualTo("200 back-up of ada");
    assertThat(get("/ready")).isEqualTo("200 BACKUP; the master is ada");
  }

  @Test
  void aServerWithoutAMasterIsNotReady() throws Exception {
    serverSays(ALONE);

    assertThat(get("/ready")).isEqualTo("503 no master is known");
    assertThat(get("/master")).isEqualTo("503 not master; no master is known");
    assertThat(get("/back-up")).isEqualTo("503 not a back-up: WAITING");
    assertThat(get("/live")).startsWith("200 ");
  }

  @Test
  void aMasterWhoseLeaseHasLapsedIsNeitherMasterNorReady() throws Exception {
    serverSays(MASTER.replace("\"isMaster\": true", "\"isMaster\": false"));

    assertThat(get("/master")).startsWith("503 not master");
    assertThat(get("/ready")).startsWith("503 its lease has lapsed");
  }

  @Test
  void aServerThatHasStoppedTakingPartSaysWhy() throws Exception {
    serverSays(BACK_UP.replace("\"failed\": null", "\"failed\": \"the disk is full\""));

    assertThat(get("/ready")).isEqualTo("503 it has stopped taking part: the disk is full");
    assertThat(get("/back-up")).isEqualTo("503 it has stopped taking part: the disk is full");
    assertThat(get("/live")).startsWith("200 ");
  }

  @Test
  void aServerThatHangsIsNotLive() throws Exception {
    status = new CompletableFuture<>();

    assertThat(get("/live")).startsWith("503 the server does not answer");
  }

  @Test
  void theStatusIsGivenAsItIs() throws Exception {
    assertThat(get("/status")).startsWith("200 {").contains("\"epochToken\":1022");
  }

  @Test
  void metricsAreThoseOfTheNewestStatus() throws Exception {
    assertThat(get("/metrics"))
        .contains("mastership_is_master{group=\"g\",server=\"ada\"} 1.0")
        .contains("mastership_epoch_token{group=\"g\",server=\"ada\"} 1022.0")
        .contains("mastership_lease_left_seconds{group=\"g\",server=\"ada\"} 0.0805")
        .contains("mastership_log_last{group=\"g\",server=\"ada\"} 17.0")
        .contains("mastership_log_committed{group=\"g\",server=\"ada\"} 16.0")
        .contains("mastership_peers_connected{group=\"g\",server=\"ada\"} 1.0")
        .contains("mastership_failovers_total{group=\"g\",server=\"ada\"} 4.0")
        .contains("mastership_last_failover_seconds{group=\"g\",server=\"ada\"} 0.12")
        .contains("mastership_entries_discarded_total{group=\"g\",server=\"ada\"} 2.0")
        .contains("jvm_memory_used_bytes");

    serverSays(MASTER.replace("\"isMaster\": true", "\"isMaster\": false"));

    assertThat(get("/metrics")).contains("mastership_is_master{group=\"g\",server=\"ada\"} 0.0");
  }

  @Test
  void whatIsNotThereAndWhatIsNotAllowedIsSaid() throws Exception {
    assertThat(get("/")).startsWith("404 ask for /metrics");
    assertThat(get("/master/x")).startsWith("404 ");
    assertThat(send("POST", "/master").statusCode()).isEqualTo(405);
  }

  @Test
  void anAddressInUseIsRefused() {
    Address taken = new Address("127.0.0.1", endpoint.port());

    assertThatThrownBy(() -> OperatorEndpoint.start(taken, () -> status))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use");
  }
}
