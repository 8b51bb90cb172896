package org.mastership.harness.fencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token grows from one master to the next, and who comes late with a lower one is refused. */
class FencedLedgerTest {
  @TempDir private Path folder;

  @Test
  void aWriteWithALowerTokenThanOneSeenIsRefusedAndWrittenDown() throws Exception {
    Path file = folder.resolve("resource.jsonl");
    AtomicLong nanos = new AtomicLong();
    try (FencedLedger resource = new FencedLedger(file, nanos::incrementAndGet)) {
      assertThat(resource.write(1, 10)).isTrue();
      assertThat(resource.write(2, 20)).isTrue();
      assertThat(resource.write(1, 10)).isFalse();
      assertThat(resource.write(2, 20)).isTrue();

      assertThat(resource.seen()).isEqualTo(new FencedLedger.Seen(3, 1, 2, Optional.empty()));
    }
    assertThat(Files.readAllLines(file))
        .hasSize(4)
        .element(2, STRING)
        .isEqualTo("{\"server\":1,\"epoch\":10,\"type\":\"refused\",\"highest\":20,\"time\":3}");
  }

  @Test
  void oneTokenOfTwoServersIsAProblem() throws Exception {
    try (FencedLedger resource = new FencedLedger(folder.resolve("resource.jsonl"), () -> 0)) {
      resource.write(1, 10);
      resource.write(2, 10);

      assertThat(resource.seen().problem()).hasValue("servers s1 and s2 both wrote with token 10");
    }
  }
}
