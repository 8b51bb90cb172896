package org.mastership.harness.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one client asks, for somebody who does not wait for an answer: a client in virtual time.
 *
 * <p>{@link #next} and {@link #ended} are called in turn, by one thread.
 */
public interface Script {
  /**
   * What is asked next; null if there is nothing this time.
   *
   * @throws ClientFailure if the client can not go on
   */
  @Nullable Asked next();

  /**
   * What was asked has ended.
   *
   * @param result empty where there is none
   * @throws ClientFailure if the client can not go on
   */
  void ended(Optional<JsonNode> result);

  /** Whether what is asked next belongs to what was asked last, and is not to wait. */
  boolean isInTheMiddle();
}
