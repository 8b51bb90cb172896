package org.mastership.harness.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What one client asks. It writes no value twice, and nobody else writes its values, so that an
 * answer tells which write it saw.
 */
final class Workload {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final RecordingClient client;
  private final long process;
  private final List<Kind> kinds;
  private final Keys keys;
  private final Random random;
  private long written;

  Workload(RecordingClient client, long process, Set<Kind> kinds, Keys keys, long seed) {
    this.client = client;
    this.process = process;
    this.kinds = new ArrayList<>();
    kinds.forEach(kind -> this.kinds.addAll(Collections.nCopies(kind.share(), kind)));
    this.keys = keys;
    this.random = new Random(seed * 31 + process);
  }

  void askOnce() {
    switch (kinds.get(random.nextInt(kinds.size()))) {
      case REGISTERS -> useRegister(keys.register(random.nextInt(Integer.MAX_VALUE)));
      case COUNTER -> useCounter(keys.counter(random.nextInt(Integer.MAX_VALUE)));
      case LIST_APPEND -> useList();
    }
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  private void useRegister(String key) {
    switch (random.nextInt(6)) {
      case 0, 1, 2 -> client.get(key);
      case 3, 4 -> client.put(key, nextValue());
      default -> readAndSet(key);
    }
  }

  private void useCounter(String key) {
    if (random.nextBoolean()) {
      client.increment(key);
    } else {
      client.getNumber(key);
    }
  }

  private void useList() {
    if (random.nextBoolean()) {
      client.append(keys.nextList(), nextValue());
    } else {
      client.getList(keys.newestList());
    }
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
