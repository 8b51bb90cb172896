package org.mastership.harness.fencing;

import java.time.Duration;
import java.util.Optional;
import org.mastership.harness.processes.GroupWatch;
import org.mastership.harness.processes.RunningGroup;
import org.mastership.harness.processes.RunningServer;
import org.mastership.harness.processes.ServerStatus;

/** Masters that are paused between asking for their token and writing with it. */
public final class PausedMaster {
  private static final Duration MOST = Duration.ofSeconds(60);

  /** A pause may hit the instant in which the master was not about to write. */
  private static final int MOST_PAUSES = 20;

  private PausedMaster() {}

  /** Pauses one master after the other until the resource has refused what one of them wrote. */
  public static void pauseUntilRefused(FencedResource resource, RunningGroup group)
      throws Exception {
    try (GroupWatch watch = new GroupWatch(group)) {
      for (int i = 0; i < MOST_PAUSES && resource.seen().refused() == 0; i++) {
        pauseUntilALaterMasterWrites(resource, group, watch);
      }
    }
  }

  private static void pauseUntilALaterMasterWrites(
      FencedResource resource, RunningGroup group, GroupWatch watch) throws Exception {
    watch.await("a write", MOST, () -> writes(resource, 0));
    int tokens = resource.seen().tokens();
    ServerStatus master = watch.awaitWhole(MOST);
    RunningServer paused = group.server(master.number());
    paused.pause();
    watch.await("a write of a later master", MOST, () -> writes(resource, tokens));
    paused.resume();
    watch.awaitWhole(MOST);
  }

  private static Optional<Boolean> writes(FencedResource resource, int tokensBefore) {
    return resource.seen().tokens() > tokensBefore ? Optional.of(true) : Optional.empty();
  }
}
