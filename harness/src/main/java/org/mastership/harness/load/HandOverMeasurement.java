package org.mastership.harness.load;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.mastership.harness.processes.GroupWatch;
import org.mastership.harness.processes.RunningGroup;
import org.mastership.harness.processes.ServerStatus;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ServerConfiguration.Address;

/**
 * How long a client is without an answer while the master hands over: the longest time between two
 * answers, to a client that asks again with each answer, of those that overlap the hand-over. The
 * same just before, while nothing happens, says how much of it is the machine's.
 */
final class HandOverMeasurement implements AutoCloseable {
  private static final Duration MOST = Duration.ofSeconds(60);
  private static final int ANSWERS_AROUND = 50;
  private static final ByteString KEY = ByteString.copyFromUtf8("hand-over");
  private static final ByteString VALUE = ByteString.copyFrom(new byte[64]);

  private final RunningGroup group;
  private final GroupWatch watch;
  private final MastershipClient client;
  private final KeyValueClient keys;
  private final ConcurrentLinkedQueue<Long> answers = new ConcurrentLinkedQueue<>();
  private final Semaphore answered = new Semaphore(0);
  private final AtomicLong failed = new AtomicLong();
  private volatile boolean ended;

  HandOverMeasurement(RunningGroup group, GroupWatch watch) {
    this.group = group;
    this.watch = watch;
    this.client =
        new MastershipClient(
            ClientConfiguration.of(group.addresses().toArray(Address[]::new))
                .withGroup(group.name()));
    this.keys = new KeyValueClient(client);
  }

  /** The client begins to ask. */
  HandOverMeasurement started() {
    ask();
    return this;
  }

  /**
   * Has the master hand over so many times.
   *
   * @return how long there was no answer
   */
  Figures run(int count) throws InterruptedException, TimeoutException {
    Histogram gaps = new Histogram(3);
    Histogram quiet = new Histogram(3);
    int done = 0;
    while (done < count) {
      ServerStatus master = watch.awaitWhole(MOST);
      awaitAnswers();
      answers.clear();
      awaitAnswers();
      long asked = System.nanoTime();
      boolean handedOver = watch.handOver(group.server(master.number())).isPresent();
      long took = System.nanoTime() - asked;
      awaitAnswers();
      if (handedOver) {
        List<Long> times = List.copyOf(answers);
        gaps.recordValue(longestGapNanos(times, asked, asked + took));
        quiet.recordValue(longestGapNanos(times, asked - 2 * took, asked - took));
        done++;
      }
    }
    return new Figures(gaps, quiet, failed.get());
  }

  private void ask() {
    keys.put(KEY, VALUE)
        .whenComplete(
            (existed, failure) -> {
              if (failure == null) {
                answers.add(System.nanoTime());
                answered.release();
              } else {
                failed.incrementAndGet();
              }
              if (!ended) {
                ask();
              }
            });
  }

  private void awaitAnswers() throws InterruptedException, TimeoutException {
    answered.drainPermits();
    if (!answered.tryAcquire(ANSWERS_AROUND, MOST.toSeconds(), TimeUnit.SECONDS)) {
      throw new TimeoutException("no " + ANSWERS_AROUND + " answers within " + MOST);
    }
  }

  private static long longestGapNanos(List<Long> times, long from, long to) {
    long longest = 0;
    for (int i = 1; i < times.size(); i++) {
      if (times.get(i) - from >= 0 && times.get(i - 1) - to <= 0) {
        longest = Math.max(longest, times.get(i) - times.get(i - 1));
      }
    }
    return longest;
  }

  /**
   * What was measured.
   *
   * @param gaps the times without an answer, in ns
   * @param quiet those as long before, in ns
   * @param failed how many requests had no result
   */
  record Figures(Histogram gaps, Histogram quiet, long failed) {
    String line() {
      return String.format(
          Locale.ROOT,
          "hand-overs %d   without answer ms: median %.2f   p90 %.2f   worst %.2f   failed %d"
              + "   (just before: median %.2f   p90 %.2f)",
          gaps.getTotalCount(),
          millis(gaps, 50),
          millis(gaps, 90),
          millis(gaps, 100),
          failed,
          millis(quiet, 50),
          millis(quiet, 90));
    }

    private static double millis(Histogram nanos, double percentile) {
      return nanos.getValueAtPercentile(percentile) / 1e6;
    }
  }

  @Override
  public void close() {
    ended = true;
    client.close();
  }
}
