package org.mastership.harness.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The keys that are used. Lists are left alone when they are long, and a new one is begun. Safe for
 * use by any thread.
 */
public final class Keys {
  private static final int REGISTERS = 20;
  private static final int COUNTERS = 4;
  private static final int ELEMENTS_A_LIST = 50;
  private final AtomicLong appended = new AtomicLong();

  String register(int choice) {
    return Kind.REGISTERS.keyPrefix() + Math.floorMod(choice, REGISTERS);
  }

  String counter(int choice) {
    return Kind.COUNTER.keyPrefix() + Math.floorMod(choice, COUNTERS);
  }

  String nextList() {
    return Kind.LIST_APPEND.keyPrefix() + appended.getAndIncrement() / ELEMENTS_A_LIST;
  }

  String newestList() {
    return Kind.LIST_APPEND.keyPrefix() + Math.max(0, appended.get() - 1) / ELEMENTS_A_LIST;
  }

  /** What reads everything of some kinds. */
  public List<Ask> reads(Set<Kind> kinds) {
    List<Ask> reads = new ArrayList<>();
    for (int i = 0; kinds.contains(Kind.REGISTERS) && i < REGISTERS; i++) {
      reads.add(Ask.get(register(i)));
    }
    for (int i = 0; kinds.contains(Kind.COUNTER) && i < COUNTERS; i++) {
      reads.add(Ask.getNumber(counter(i)));
    }
    for (long i = 0; i * ELEMENTS_A_LIST < appended.get(); i++) {
      reads.add(Ask.getList(Kind.LIST_APPEND.keyPrefix() + i));
    }
    return reads;
  }
}
