package org.mastership.node.server;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;

/** A client that increments one counter over and over, and retries as clients do. */
final class Increments implements AutoCloseable {
  static final ByteString KEY = ByteString.copyFromUtf8("n");

  private final AtomicLong answered = new AtomicLong();
  private final AtomicBoolean failed = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final MastershipClient client;
  private final CompletableFuture<Void> run;

  Increments(MastershipClient client) {
    this.client = client;
    this.run = CompletableFuture.runAsync(this::run);
  }

  private void run() {
    KeyValueClient store = new KeyValueClient(client);
    try {
      while (!ended.get()) {
        store.increment(KEY, 1).join();
        answered.incrementAndGet();
      }
    } catch (CompletionException e) {
      failed.set(true);
    }
  }

  void awaitMore() {
    long before = answered.get();
    await().atMost(1, TimeUnit.MINUTES).until(() -> answered.get() > before + 100 || failed.get());
  }

  /** How many were answered. */
  long answered() {
    return answered.get();
  }

  /** Whether one was not. */
  boolean failed() {
    return failed.get();
  }

  @Override
  public void close() {
    end();
  }

  void end() {
    ended.set(true);
    run.join();
  }
}
