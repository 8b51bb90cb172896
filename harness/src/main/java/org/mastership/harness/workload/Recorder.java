package org.mastership.harness.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.node.client.ClientException;
import org.mastership.node.client.KeyValueException;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.client.NoMasterException;

/** Keeps a record of what one process asks. One thread at a time asks; any thread counts. */
final class Recorder {
  private final long process;
  private final HistoryWriter history;
  private final FirstAnswer firstAnswer;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  Recorder(long process, HistoryWriter history, FirstAnswer firstAnswer) {
    this.process = process;
    this.history = history;
    this.firstAnswer = firstAnswer;
  }

  /** Operations with a result. */
  long answered() {
    return answered.get();
  }

  /** Operations without one. */
  long failed() {
    return failed.get();
  }

  /**
   * Performs an operation and waits for its end.
   *
   * @return its result; empty where it had none
   * @throws CompletionException if what came back was not understood
   */
  Optional<JsonNode> perform(Asked asked, MastershipClient client) {
    String f = asked.f();
    String key = asked.key();
    history.invoke(process, f, key, asked.argument());
    long askedNanos = System.nanoTime();
    try {
      JsonNode result = asked.on(client, client.configuration().deadline()).join();
      firstAnswer.answered(askedNanos);
      history.ok(process, f, key, result);
      answered.incrementAndGet();
      return Optional.of(result);
    } catch (CompletionException e) {
      failed.incrementAndGet();
      if (e.getCause() instanceof NoMasterException || e.getCause() instanceof KeyValueException) {
        history.fail(process, f, key);
      } else {
        history.info(process, f, key);
      }
      if (!(e.getCause() instanceof ClientException)) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
