package org.mastership.harness.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.processes.ProcessGroup;
import org.mastership.node.service.KeyValueService;

/** What a master that was paused between asking and writing sends is refused outside. */
class PausedMasterIT {
  @TempDir private Path folder;

  @Test
  void theLateWriteOfAPausedMasterIsRefused() throws Exception {
    try (FencedResource resource =
            FencedResource.open(folder.resolve("resource.jsonl"), System.nanoTime());
        ProcessGroup group =
            ProcessGroup.relayed(
                folder,
                3,
                Guarantee.QUORUM,
                Optional.of(resource.address()),
                KeyValueService.class)) {
      group.startAll();
      PausedMaster.pauseUntilRefused(resource, group);

      assertThat(resource.seen().refused()).isPositive();
      assertThat(resource.seen().problem()).isEmpty();
    }
  }
}
