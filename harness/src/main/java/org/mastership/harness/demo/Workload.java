package org.mastership.harness.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What one client asks. It writes no value twice, and nobody else writes its values, so that an
 * answer tells which write it saw.
 */
final class Workload {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final DemoClient client;
  private final long process;
  private final Traffic.Keys keys;
  private final Random random;
  private long written;

  Workload(DemoClient client, long process, Traffic.Keys keys, long seed) {
    this.client = client;
    this.process = process;
    this.keys = keys;
    this.random = new Random(seed * 31 + process);
  }

  void askOnce() {
    int choice = random.nextInt(Integer.MAX_VALUE);
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> client.get(keys.register(choice));
      case 3, 4 -> client.put(keys.register(choice), nextValue());
      case 5 -> readAndSet(keys.register(choice));
      case 6 -> client.increment(keys.counter(choice));
      case 7 -> client.getNumber(keys.counter(choice));
      case 8 -> client.append(keys.nextList(), nextValue());
      default -> client.getList(keys.newestList());
    }
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  private void readAndSet(String key) {
    Optional<JsonNode> value = client.get(key);
    if (value.isPresent()) {
      client.compareAndSet(key, value.get().textValue(), nextValue());
    }
  }

  private String nextValue() {
    return process + "." + ++written;
  }
}
