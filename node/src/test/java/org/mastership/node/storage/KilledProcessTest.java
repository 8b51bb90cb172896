package org.mastership.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessTest {
  private static final long ACKNOWLEDGED_AT_LEAST = 300;

  @TempDir private Path folder;

  @RepeatedTest(3)
  void whatAKilledProcessAcknowledgedIsThere() throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long acknowledged = 0;
    try (BufferedReader out = writer.inputReader()) {
      while (acknowledged < ACKNOWLEDGED_AT_LEAST) {
        acknowledged = Long.parseLong(out.readLine());
      }
      writer.toHandle().destroyForcibly();
      acknowledged = Math.max(acknowledged, lastOf(out));
    } finally {
      writer.destroyForcibly().waitFor();
    }

    try (RocksStorage storage = StoredLog.open(folder)) {
      long last = storage.recovered().log().lastSequence();
      assertThat(last).isGreaterThanOrEqualTo(acknowledged);
      assertThat(StoredLog.texts(storage)).isEqualTo(StoredLog.numbers((int) last));
    }
  }

  /** The last whole line. */
  private static long lastOf(BufferedReader out) throws IOException {
    long last = 0;
    @Nullable String line = out.readLine();
    for (String next = out.readLine(); line != null && next != null; next = out.readLine()) {
      last = Long.parseLong(line);
      line = next;
    }
    return last;
  }
}
