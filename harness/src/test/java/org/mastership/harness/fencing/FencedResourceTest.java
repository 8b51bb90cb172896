package org.mastership.harness.fencing;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.node.server.FencedWrites;
import org.mastership.node.server.Mastership;
import org.mastership.node.server.MastershipListener;

/** Late writes are refused, whoever sends them. */
class FencedResourceTest {
  private static final Duration MOST = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void aServerWritesWhileItIsMasterAndIsRefusedWhenALaterOneWrote() throws Exception {
    AtomicLong token = new AtomicLong(7);
    try (FencedResource resource = FencedResource.open(folder.resolve("resource.jsonl"), 0)) {
      FencedWrites writes = FencedWrites.start(new Told(token), 1, resource.address());
      await().atMost(MOST).until(() -> resource.seen().accepted() > 2);
      resource.write(2, 8);
      await().atMost(MOST).until(() -> resource.seen().refused() > 0);

      token.set(9);
      await().atMost(MOST).until(() -> resource.seen().tokens() == 3);
      writes.close();
    }
  }

  /** A server that believes what it was told. */
  private record Told(AtomicLong token) implements Mastership {
    @Override
    public long fencingToken() {
      return token.get();
    }

    @Override
    public Duration leaseLeft() {
      return Duration.ZERO;
    }

    @Override
    public Optional<String> master() {
      return Optional.empty();
    }

    @Override
    public Subscription subscribe(MastershipListener listener) {
      return () -> {};
    }
  }
}
