package org.mastership.harness.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.harness.processes.RunningGroup;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.config.ServerConfiguration.Address;

/** Clients that ask a group all the time. Safe for use by any thread. */
public final class Traffic implements AutoCloseable {
  /**
   * How long a client thinks between an answer and its next question: a machine whose disks and
   * cores are busy to the last measures how they are shared out, not how a failover goes.
   */
  private static final long THINKING_NANOS = 25_000_000;

  private final List<RecordingClient> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final RecordingClient prober;
  private final FirstAnswer firstAnswer = new FirstAnswer();
  private final Keys keys = new Keys();
  private final Set<Kind> kinds;
  private final long seed;
  private volatile boolean stopped;

  /**
   * What the clients have done.
   *
   * @param answered operations with a result
   * @param failed operations without one
   * @param retried how often an operation was sent again
   */
  public record Counts(long answered, long failed, long retried) {}

  /**
   * Clients of a group, which do nothing yet.
   *
   * @param kinds what they ask
   * @param history where they write what they ask and are told
   * @param count how many
   * @param seed of their choices
   */
  public Traffic(RunningGroup group, Set<Kind> kinds, HistoryWriter history, int count, long seed) {
    this.kinds = kinds;
    this.seed = seed;
    ClientConfiguration configuration =
        ClientConfiguration.of(group.addresses().toArray(Address[]::new)).withGroup(group.name());
    prober = new RecordingClient(0, configuration, history, firstAnswer);
    for (int process = 1; process <= count; process++) {
      clients.add(new RecordingClient(process, configuration, history, firstAnswer));
    }
  }

  /** Tells when a request was answered. */
  public FirstAnswer firstAnswer() {
    return firstAnswer;
  }

  /** Starts to ask. */
  public void start() {
    for (int i = 0; i < clients.size(); i++) {
      Workload workload = new Workload(clients.get(i), i + 1, kinds, keys, seed);
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
  public void askOnce() {
    prober.increment(keys.counter(0));
  }

  /** What the clients have done so far. */
  public Counts counts() {
    return new Counts(
        sum(RecordingClient::answered),
        sum(RecordingClient::failed),
        sum(RecordingClient::retried));
  }

  private long sum(ToLongFunction<RecordingClient> count) {
    return count.applyAsLong(prober) + clients.stream().mapToLong(count).sum();
  }

  /** Lets all clients end what they have begun, then reads everything once more. */
  public Counts finish() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    keys.readAll(prober, kinds);
    return counts();
  }

  @Override
  public void close() {
    stopped = true;
    clients.forEach(RecordingClient::close);
    prober.close();
  }
}
