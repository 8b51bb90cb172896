package org.mastership.harness.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.processes.GroupWatch;
import org.mastership.harness.processes.ProcessGroup;
import org.mastership.harness.processes.ServerProcess;
import org.mastership.harness.processes.ServerStatus;
import org.mastership.node.service.KeyValueService;

/** What a master that was paused between asking and writing sends is refused outside. */
class PausedMasterIT {
  private static final Duration MOST = Duration.ofSeconds(60);

  /** A pause may hit the instant in which the master was not about to write. */
  private static final int MOST_PAUSES = 20;

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
                KeyValueService.class);
        GroupWatch watch = new GroupWatch(group)) {
      group.startAll();
      for (int i = 0; i < MOST_PAUSES && resource.seen().refused() == 0; i++) {
        pauseUntilALaterMasterWrites(resource, group, watch);
      }

      assertThat(resource.seen().refused()).isPositive();
      assertThat(resource.seen().problem()).isEmpty();
    }
  }

  private static void pauseUntilALaterMasterWrites(
      FencedResource resource, ProcessGroup group, GroupWatch watch) throws Exception {
    ServerStatus master = watch.awaitWhole(MOST);
    watch.await("a write of " + master.name(), MOST, () -> writes(resource, 0));
    int tokens = resource.seen().tokens();
    ServerProcess paused = group.server(master.number());
    paused.pause();
    watch.await("a write of a later master", MOST, () -> writes(resource, tokens));
    paused.resume();
    watch.awaitWhole(MOST);
  }

  private static Optional<Boolean> writes(FencedResource resource, int tokensBefore) {
    return resource.seen().tokens() > tokensBefore ? Optional.of(true) : Optional.empty();
  }
}
