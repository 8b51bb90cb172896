package org.mastership.harness.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.mastership.node.client.Requests;

/** One thing that a client asks, as a history has it, of whatever service. */
public interface Asked {
  /** The operation's name. */
  String f();

  /** Of which object. */
  String key();

  /** The argument; JSON's null for none. */
  JsonNode argument();

  /**
   * Asks it. The result is as a history has it.
   *
   * @param deadline by which the future has ended, more than 0
   */
  CompletableFuture<JsonNode> on(Requests requests, Duration deadline);
}
