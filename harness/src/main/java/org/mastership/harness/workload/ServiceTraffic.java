package org.mastership.harness.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.harness.processes.RunningGroup;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ServerConfiguration.Address;

/** Clients that ask a group of somebody's own service all the time. For any thread. */
public final class ServiceTraffic implements Clients {
  /** How often each asks when all is well again: what was lost is seen then at the latest. */
  static final int LAST_QUESTIONS = 10;

  private final List<MastershipClient> clients = new ArrayList<>();
  private final List<Recorder> recorders = new ArrayList<>();
  private final List<Runnable> questions = new ArrayList<>();
  private final Askers askers = new Askers();

  /** What a client asks. */
  @FunctionalInterface
  public interface Question {
    /**
     * Asks one thing, or a few.
     *
     * @param client who asks
     * @param random to choose by; each client has its own, which follows from the run's seed
     */
    void ask(ServiceClient client, Random random);
  }

  /**
   * Clients of a group, which do nothing yet.
   *
   * @param history where they write what they ask and are told
   * @param count how many
   * @param seed of their choices
   */
  public ServiceTraffic(
      RunningGroup group, Question question, HistoryWriter history, int count, long seed) {
    ClientConfiguration configuration =
        ClientConfiguration.of(group.addresses().toArray(Address[]::new)).withGroup(group.name());
    FirstAnswer nobodyWaits = new FirstAnswer();
    for (int process = 1; process <= count; process++) {
      MastershipClient connected = new MastershipClient(configuration);
      Recorder recorder = new Recorder(process, history, nobodyWaits);
      ServiceClient client = new ServiceClient(asked -> recorder.perform(asked, connected));
      Random random = choices(seed, process);
      clients.add(connected);
      recorders.add(recorder);
      questions.add(() -> question.ask(client, random));
    }
  }

  /** What a client chooses by, the same on every ground. */
  static Random choices(long seed, long process) {
    return new Random(seed * 31 + process);
  }

  @Override
  public void start() {
    questions.forEach(askers::start);
  }

  @Override
  public long answered() {
    return recorders.stream().mapToLong(Recorder::answered).sum();
  }

  @Override
  public void finish() throws InterruptedException {
    askers.finish();
    for (int i = 0; i < LAST_QUESTIONS; i++) {
      questions.forEach(Runnable::run);
    }
  }

  @Override
  public void close() {
    askers.stop();
    clients.forEach(MastershipClient::close);
  }
}
