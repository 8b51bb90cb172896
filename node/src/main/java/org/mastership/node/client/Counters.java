package org.mastership.node.client;

import com.google.protobuf.ByteString;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Ends calls, and counts what a client does; for any thread. */
final class Counters {
  private final int window;
  private final AtomicInteger underWay = new AtomicInteger();
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder redirected = new LongAdder();

  Counters(int window) {
    this.window = window;
  }

  /** Whether one more call may begin; if so it has begun. */
  boolean begin() {
    if (underWay.incrementAndGet() <= window) {
      return true;
    }
    underWay.decrementAndGet();
    failed.increment();
    return false;
  }

  /** Before its user hears of it, so that the user may call again at once. */
  private void end(Call call) {
    if (call.kind != Call.Kind.OPEN_SESSION) {
      underWay.decrementAndGet();
    }
  }

  void answered(Call call, ByteString result) {
    end(call);
    answered.increment();
    call.result.complete(result);
  }

  void failed(Call call, ClientException why) {
    end(call);
    failed.increment();
    call.result.completeExceptionally(why);
  }

  void refused() {
    failed.increment();
  }

  void retried() {
    retried.increment();
  }

  void redirected() {
    redirected.increment();
  }

  ClientCounters sums() {
    return new ClientCounters(answered.sum(), failed.sum(), retried.sum(), redirected.sum());
  }
}
