package org.mastership.harness.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.harness.processes.RunningGroup;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.config.ServerConfiguration.Address;

/** Clients that ask a group all the time. Safe for use by any thread. */
public final class Traffic implements Clients {
  private final List<RecordingClient> clients = new ArrayList<>();
  private final Askers askers = new Askers();
  private final RecordingClient prober;
  private final FirstAnswer firstAnswer = new FirstAnswer();
  private final Keys keys = new Keys();
  private final Set<Kind> kinds;
  private final long seed;

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

  @Override
  public void start() {
    for (int i = 0; i < clients.size(); i++) {
      RecordingClient client = clients.get(i);
      Workload workload = new Workload(i + 1, kinds, keys, seed);
      askers.start(() -> client.use(workload));
    }
  }

  /** Asks one thing, whatever the others do; returns with its answer. */
  public void askOnce() {
    prober.perform(Ask.increment(keys.counter(0)));
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

  @Override
  public long answered() {
    return counts().answered();
  }

  @Override
  public void finish() throws InterruptedException {
    askers.finish();
    keys.reads(kinds).forEach(prober::perform);
  }

  @Override
  public void close() {
    askers.stop();
    clients.forEach(RecordingClient::close);
    prober.close();
  }
}
