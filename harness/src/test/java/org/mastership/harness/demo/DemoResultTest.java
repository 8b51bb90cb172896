package org.mastership.harness.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.checker.ExactlyOnce;
import org.mastership.harness.workload.Traffic;

class DemoResultTest {
  private static final ExactlyOnce CLEAN = new ExactlyOnce(0, 0, 0);

  /** Failovers that took 10, 20, ... ms. */
  private static DemoResult result(
      int failovers, String verdict, ExactlyOnce exactlyOnce, List<String> problems) {
    return new DemoResult(
        new Demo.Settings(5, Guarantee.QUORUM, failovers, 16, 42),
        IntStream.rangeClosed(1, failovers)
            .mapToObj(i -> new Failover("s1", "s2", "2.2", 0, i * 10_000_000L))
            .toList(),
        new Traffic.Counts(1234, 5, 6),
        exactlyOnce,
        verdict,
        problems);
  }

  @Test
  void onlyAHistoryWithoutAnyFindingIsClean() {
    assertThat(result(1, "linearizable", CLEAN, List.of()).isClean()).isTrue();
    assertThat(result(1, "unknown: time", CLEAN, List.of()).isClean()).isFalse();
    assertThat(result(1, "linearizable", CLEAN, List.of("s3 won")).isClean()).isFalse();
    assertThat(result(1, "linearizable", new ExactlyOnce(1, 0, 0), List.of()).isClean()).isFalse();
    assertThat(result(1, "linearizable", new ExactlyOnce(0, 1, 0), List.of()).isClean()).isFalse();
  }

  @Test
  void theTableEndsWithTheVerdict() {
    List<String> lines = result(10, "linearizable", CLEAN, List.of("s3 won")).lines();

    assertThat(lines)
        .contains("kill to first answered request: median 50.0 ms, p90 90.0 ms, worst 100.0 ms")
        .contains(
            "requests: 1,234 answered, 5 failed, 6 retried; 0 answered ones lost, 0 executed twice")
        .endsWith("found: s3 won", "verdict: linearizable");
  }

  @Test
  void theSameIsWrittenAsJson(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("demo.json");
    result(4, "linearizable", CLEAN, List.of()).writeJson(file);

    JsonNode json = new ObjectMapper().readTree(file.toFile());

    assertThat(json.path("guarantee").asText()).isEqualTo("quorum");
    assertThat(json.path("servers").asInt()).isEqualTo(5);
    assertThat(json.path("kills").asInt()).isEqualTo(4);
    assertThat(json.path("seed").asLong()).isEqualTo(42);
    assertThat(json.path("failover_ms").path("median").asDouble()).isEqualTo(20);
    assertThat(json.path("failover_ms").path("p90").asDouble()).isEqualTo(40);
    assertThat(json.path("failover_ms").path("max").asDouble()).isEqualTo(40);
    assertThat(json.path("failover_ms").path("each")).hasSize(4);
    assertThat(json.path("requests").path("retried").asLong()).isEqualTo(6);
    assertThat(json.path("requests").path("duplicated").asLong()).isZero();
  }
}
