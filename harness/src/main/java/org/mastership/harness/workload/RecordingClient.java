package org.mastership.harness.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.MastershipClient;

/** A client that asks one thing at a time and keeps a record of it. One thread at a time. */
final class RecordingClient implements AutoCloseable {
  private final Recorder recorder;
  private final MastershipClient client;

  RecordingClient(
      long process,
      ClientConfiguration configuration,
      HistoryWriter history,
      FirstAnswer firstAnswer) {
    this.recorder = new Recorder(process, history, firstAnswer);
    this.client = new MastershipClient(configuration);
  }

  /** Operations with a result. */
  long answered() {
    return recorder.answered();
  }

  /** Operations without one. */
  long failed() {
    return recorder.failed();
  }

  /** How often an operation was sent again. */
  long retried() {
    return client.counters().retried();
  }

  /** Asks one thing: its result, or nothing where it had none. */
  Optional<JsonNode> perform(Ask ask) {
    return recorder.perform(ask, client);
  }

  /** Asks the next thing, with all that belongs to it. */
  void use(Workload workload) {
    do {
      workload.ended(perform(workload.next()));
    } while (workload.isInTheMiddle());
  }

  @Override
  public void close() {
    client.close();
  }
}
