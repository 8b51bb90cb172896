package org.mastership.harness.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.workload.Kind;

/** Runs of servers in this process. */
class EmbeddedRunTest {
  @TempDir private Path folder;

  private static RunSettings settings(Guarantee guarantee, Set<FaultKind> faults) {
    return new RunSettings(
        Ground.EMBEDDED,
        3,
        guarantee,
        EnumSet.allOf(Kind.class),
        faults,
        Duration.ofSeconds(6),
        7,
        4);
  }

  @Test
  void crashesAndPartitionsBreakNoPromiseOfQuorum() throws Exception {
    RunSettings settings =
        settings(
            Guarantee.QUORUM,
            Set.of(FaultKind.CRASH, FaultKind.ISOLATE_MASTER, FaultKind.ONE_WAY, FaultKind.DELAY));

    RunResult result =
        Run.run(settings, folder.resolve("run"), new PrintWriter(new StringWriter()));

    assertThat(result.isClean()).as("%s", result.lines()).isTrue();
    assertThat(result.figures().get("faults")).isPositive();
    assertThat(result.figures().get("answered requests")).isGreaterThan(50);
    assertThat(Files.readString(folder.resolve("run/resource.jsonl"))).contains("\"accepted\"");
    assertThat(Files.readString(folder.resolve("run/faults.jsonl"))).contains("\"begins\"");
  }

  @Test
  void aPauseIsRefusedBecauseThisProcessWouldStop() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Guarantee.QUORUM, Set.of(FaultKind.PAUSE)))
        .withMessageContaining("on the ground embedded there is no fault pause");
  }
}
