package org.mastership.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of a group, from what its servers say. */
class StatusTableTest {
  private static List<String> cells(String server) throws Exception {
    ArrayNode servers = (ArrayNode) new ObjectMapper().readTree("[" + server + "]");
    return List.of(StatusTable.lines(servers).get(1).split(" {2,}| (?=\\d)"));
  }

  private static String server(String role, boolean master, String failed) {
    return """
        {"name": "ada", "number": 1, "index": 2, "role": "%s", "epoch": "3.1", "isMaster": %b,
         "leaseLeftMillis": 81.25, "last": "3.1:17", "committed": 16, "executed": 15, "snapshot": 10, "logEntries": 7,
         "roundTripMillis": 0.5, "failed": %s, "discarded": 0,
         "seen": {"failovers": 2, "lastFailoverMillis": 95.0}}
        """
        .formatted(role, master, failed);
  }

  @Test
  void aMasterHasALeaseAndNoDelay() throws Exception {
    assertThat(cells(server("MASTER", true, "null")))
        .containsExactly(
            "ada",
            "1",
            "2",
            "MASTER",
            "3.1",
            "81.3",
            "3.1:17",
            "16",
            "15",
            "10",
            "7",
            "2 failovers, the last in",
            "95.0 ms");
  }

  private static String withNames(String server, String problem) {
    return server.replace(
        "\"discarded\"", "\"nameServer\": {\"problem\": \"" + problem + "\"}, \"discarded\"");
  }

  @Test
  void aMasterSaysWhetherItIsRegistered() throws Exception {
    String master = server("MASTER", true, "null");

    assertThat(cells(withNames(master, ""))).contains("95.0 ms, registered");
    assertThat(cells(withNames(master, "it is down"))).contains("95.0 ms, it is down");
    assertThat(cells(withNames(server("BACKUP", false, "null"), ""))).contains("95.0 ms");
  }

  @Test
  void aBackUpHasTheDelayToItsMaster() throws Exception {
    assertThat(cells(server("BACKUP", false, "null"))).contains("BACKUP", "0.5");
  }

  @Test
  void aMasterWhoseLeaseHasLapsedIsUnsure() throws Exception {
    assertThat(cells(server("MASTER", false, "null"))).contains("unsure").doesNotContain("MASTER");
  }

  @Test
  void aServerThatHasStoppedSaysWhy() throws Exception {
    assertThat(cells(server("BACKUP", false, "\"storage failed\"")))
        .contains("stopped", "storage failed");
  }

  @Test
  void aServerThatDoesNotAnswerIsNamedByItsAddress() throws Exception {
    assertThat(cells("{\"address\": \"a:1\", \"unreachable\": \"connection refused\"}"))
        .containsExactly("a:1", "-", "connection refused");
  }
}
