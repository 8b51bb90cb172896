package org.mastership.node.client;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Brings what clients ask to a group's service, and back what it answers. {@link MastershipClient}
 * does so over the network; a test may do it in another way.
 */
public interface Requests {
  /**
   * Has an operation executed, once.
   *
   * @param operation in the service's own format
   * @param deadline from now, by which the future has ended; more than 0
   * @return the result, or why there is none
   */
  CompletableFuture<ByteString> request(ByteString operation, Duration deadline);

  /**
   * Reads from the master's state, linearizably and without an entry of the log.
   *
   * @param operation in the service's own format; one that only reads
   * @param deadline as for {@link #request}
   * @return the result, or why there is none
   */
  CompletableFuture<ByteString> query(ByteString operation, Duration deadline);
}
