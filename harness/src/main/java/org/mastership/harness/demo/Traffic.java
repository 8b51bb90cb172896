package org.mastership.harness.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.harness.processes.ProcessGroup;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.config.ServerConfiguration.Address;

/** All clients of a demonstration. Safe for use by any thread. */
final class Traffic implements AutoCloseable {
  /**
   * How long a client thinks between an answer and its next question: a machine whose disks and
   * cores are busy to the last measures how they are shared out, not how a failover goes.
   */
  private static final long THINKING_NANOS = 25_000_000;

  private final List<DemoClient> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final DemoClient prober;
  private final FirstAnswer firstAnswer = new FirstAnswer();
  private final Keys keys = new Keys();
  private final long seed;
  private volatile boolean stopped;

  /**
   * What the clients have done.
   *
   * @param answered operations with a result
   * @param failed operations without one
   * @param retried how often an operation was sent again
   */
  record Counts(long answered, long failed, long retried) {}

  /** The keys that are used. Lists are left alone when they are long, and a new one is begun. */
  static final class Keys {
    private static final int REGISTERS = 20;
    private static final int COUNTERS = 4;
    private static final int ELEMENTS_A_LIST = 50;
    private final AtomicLong appended = new AtomicLong();

    String register(int choice) {
      return "register-" + Math.floorMod(choice, REGISTERS);
    }

    String counter(int choice) {
      return "counter-" + Math.floorMod(choice, COUNTERS);
    }

    String nextList() {
      return "list-" + appended.getAndIncrement() / ELEMENTS_A_LIST;
    }

    String newestList() {
      return "list-" + Math.max(0, appended.get() - 1) / ELEMENTS_A_LIST;
    }

    /** Reads everything. */
    void readAll(DemoClient client) {
      for (int i = 0; i < REGISTERS; i++) {
        client.get(register(i));
      }
      for (int i = 0; i < COUNTERS; i++) {
        client.getNumber(counter(i));
      }
      for (long i = 0; i * ELEMENTS_A_LIST < appended.get(); i++) {
        client.getList("list-" + i);
      }
    }
  }

  Traffic(ProcessGroup group, HistoryWriter history, int count, long seed) {
    this.seed = seed;
    ClientConfiguration configuration =
        ClientConfiguration.of(group.addresses().toArray(Address[]::new)).withGroup(group.name());
    prober = new DemoClient(0, configuration, history, firstAnswer);
    for (int process = 1; process <= count; process++) {
      clients.add(new DemoClient(process, configuration, history, firstAnswer));
    }
  }

  FirstAnswer firstAnswer() {
    return firstAnswer;
  }

  /** Starts to ask. */
  void start() {
    for (int i = 0; i < clients.size(); i++) {
      Workload workload = new Workload(clients.get(i), i + 1, keys, seed);
      Thread thread = new Thread(() -> ask(workload), "client-" + (i + 1));
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void ask(Workload workload) {
    while (!stopped) {
      workload.askOnce();
      LockSupport.parkNanos(THINKING_NANOS);
    }
  }

  /** Asks one thing, whatever the others do; returns with its answer. */
  void askOnce() {
    prober.increment(keys.counter(0));
  }

  /** What the clients have done so far. */
  Counts counts() {
    return new Counts(sum(DemoClient::answered), sum(DemoClient::failed), sum(DemoClient::retried));
  }

  private long sum(ToLongFunction<DemoClient> count) {
    return count.applyAsLong(prober) + clients.stream().mapToLong(count).sum();
  }

  /** Lets all clients end what they have begun, then reads everything once more. */
  Counts finish() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    keys.readAll(prober);
    return counts();
  }

  @Override
  public void close() {
    stopped = true;
    clients.forEach(DemoClient::close);
    prober.close();
  }
}
