package org.mastership.harness.run;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Draws what goes wrong, and when, from a seed: a calm, then one fault or two at a time, then all
 * is healed. One thread at a time.
 */
final class FaultSchedule {
  private static final int SHORTEST_MILLIS = 500;
  private static final int LONGEST_MILLIS = 2_500;
  private static final int TWO_ONE_IN = 4;

  private record InForce(Fault fault, Injector.Undo undo) {}

  private final List<FaultKind> kinds;
  private final Injector injector;
  private final FaultLog log;
  private final Random random;
  private final Deque<InForce> inForce = new ArrayDeque<>();

  FaultSchedule(RunSettings settings, Injector injector, FaultLog log, Random random) {
    this.kinds = new ArrayList<>(settings.faults());
    this.injector = injector;
    this.log = log;
    this.random = random;
  }

  /**
   * Lets things go wrong for a while; all is right again when this returns.
   *
   * @throws ServerLostException as soon as it is seen, before the next fault
   */
  void run(long nanos) throws IOException, InterruptedException, ServerLostException {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      pass(end);
      if (!kinds.isEmpty() && System.nanoTime() < end) {
        injector.requireAllThere();
        inflict();
        pass(end);
        heal();
      }
    }
  }

  private void pass(long end) throws InterruptedException {
    long drawn = TimeUnit.MILLISECONDS.toNanos(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
    TimeUnit.NANOSECONDS.sleep(Math.min(drawn, Math.max(0, end - System.nanoTime())));
  }

  private void inflict() throws IOException, InterruptedException {
    Collections.shuffle(kinds, random);
    int count = kinds.size() > 1 && random.nextInt(TWO_ONE_IN) == 0 ? 2 : 1;
    for (FaultKind kind : kinds.subList(0, count)) {
      long before = log.now();
      Injector.Injected injected = injector.inflict(kind);
      long begin = kind == FaultKind.HAND_OVER ? before : log.now();
      Fault fault = log.begins(kind, injected.servers(), injected.text(), begin);
      inForce.push(new InForce(fault, injected.undo()));
    }
  }

  private void heal() throws IOException, InterruptedException {
    while (!inForce.isEmpty()) {
      InForce last = inForce.pop();
      last.undo.run();
      log.ends(last.fault);
    }
  }
}
