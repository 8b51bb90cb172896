package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.run.Finding;
import org.mastership.harness.run.Ground;
import org.mastership.harness.run.Run;
import org.mastership.harness.run.RunResult;
import org.mastership.harness.run.RunSettings;
import org.mastership.harness.workload.Kind;

/** A run in containers, with everything that can go wrong there. */
@ExtendWith(ContainerTests.class)
class ContainerRunIT {
  private static final Duration SHORT = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void underEveryFaultOfTheGroundQuorumKeepsItsPromises() throws Exception {
    RunSettings settings =
        new RunSettings(
            Ground.CONTAINERS,
            5,
            Guarantee.QUORUM,
            EnumSet.allOf(Kind.class),
            Ground.CONTAINERS.can(),
            SHORT,
            7,
            6);

    RunResult result =
        Run.run(settings, folder.resolve("run"), new PrintWriter(new StringWriter()));

    assertThat(result.isClean()).as("%s", result.lines()).isTrue();
    assertThat(result.figures().get("faults")).isPositive();
    assertThat(result.findings()).extracting(Finding::what).contains("fenced resource");
  }
}
