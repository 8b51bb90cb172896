package org.mastership.harness.workload;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Notes when the first request was answered that was asked after a moment. For any thread. */
public final class FirstAnswer {
  private volatile @Nullable Watch watch;

  private record Watch(long sinceNanos, CompletableFuture<Long> answeredNanos) {}

  /** The time of the first answer to what is asked from now on. */
  public CompletableFuture<Long> fromNow() {
    CompletableFuture<Long> answered = new CompletableFuture<>();
    watch = new Watch(System.nanoTime(), answered);
    return answered;
  }

  /** A request was answered just now. */
  void answered(long askedNanos) {
    Watch current = watch;
    if (current != null && askedNanos > current.sinceNanos) {
      current.answeredNanos.complete(System.nanoTime());
      watch = null;
    }
  }
}
