package org.mastership.harness.load;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.mastership.harness.processes.ProcessGroup;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ServerConfiguration.Address;

/** One client with a number of requests under way at all times. */
final class Measurement implements AutoCloseable {
  private static final int KEYS = 1_000;
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Kind kind;
  private final int outstanding;
  private final ByteString value;
  private final MastershipClient client;
  private final KeyValueClient keys;

  /** What is asked. */
  enum Kind {
    /** Puts, each an entry of the log. */
    WRITES,
    /** Gets, answered by the master under its lease. */
    READS
  }

  Measurement(ProcessGroup group, Kind kind, int outstanding, int bytes) {
    this.kind = kind;
    this.outstanding = outstanding;
    byte[] random = new byte[bytes];
    ThreadLocalRandom.current().nextBytes(random);
    this.value = ByteString.copyFrom(random);
    this.client =
        new MastershipClient(
            ClientConfiguration.of(group.addresses().toArray(Address[]::new))
                .withGroup(group.name())
                .withWindow(outstanding));
    this.keys = new KeyValueClient(client);
  }

  Figures run(Duration duration) {
    long start = System.nanoTime();
    Round round = new Round(start + duration.toNanos());
    CompletableFuture<?>[] chains = new CompletableFuture<?>[outstanding];
    for (int i = 0; i < outstanding; i++) {
      Chain chain = new Chain(round);
      chains[i] = chain.done;
      chain.next();
    }
    CompletableFuture.allOf(chains).join();
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    Histogram nanos = round.nanos;
    return new Figures(
        kind.name().toLowerCase(Locale.ROOT),
        outstanding,
        nanos.getTotalCount() / seconds,
        nanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
        nanos.getValueAtPercentile(99) / NANOS_PER_MILLI,
        round.failed.sum());
  }

  private CompletableFuture<?> ask() {
    ByteString key = ByteString.copyFromUtf8("key-" + ThreadLocalRandom.current().nextInt(KEYS));
    return kind == Kind.WRITES ? keys.put(key, value) : keys.get(key);
  }

  private static final class Round {
    final long endNanos;
    final Histogram nanos = new ConcurrentHistogram(DIGITS);
    final LongAdder failed = new LongAdder();

    Round(long endNanos) {
      this.endNanos = endNanos;
    }
  }

  /** Asks, and with each answer asks again. */
  private final class Chain {
    final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Round round;

    Chain(Round round) {
      this.round = round;
    }

    void next() {
      long asked = System.nanoTime();
      if (asked >= round.endNanos) {
        done.complete(null);
        return;
      }
      ask().whenComplete((result, failure) -> answered(asked, failure == null));
    }

    private void answered(long asked, boolean good) {
      if (good) {
        round.nanos.recordValue(System.nanoTime() - asked);
      } else {
        round.failed.increment();
      }
      next();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
