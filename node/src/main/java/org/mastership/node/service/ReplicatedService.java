package org.mastership.node.service;

import com.google.protobuf.ByteString;
import java.util.function.Supplier;

/**
 * A service that every server of the group holds a copy of. The copies stay equal because each
 * executes the same requests in the same order, so an implementation must be <b>deterministic</b>:
 * results and state follow from the requests alone. It asks no clock, draws no random number, reads
 * no file, and iterates over no hash collection whose order reaches a result.
 *
 * <p>All methods are called by one thread at a time. They do not wait: while one runs, the server
 * answers no request. The size of requests is bounded by the server's configuration; the size of
 * results is for the service to bound, a result above a few mebibytes does not reach the client.
 */
public interface ReplicatedService {
  /**
   * Executes a request that is committed in the log.
   *
   * <p>A request that makes no sense deserves a result that says so. A {@link RuntimeException} is
   * reported to the client as a failure of the service without its text, logged once for each place
   * that throws and then counted, and the request counts as executed; what it changed before stays,
   * so the same must have changed on every server. An {@link Error} stops the server.
   *
   * @return the result, for the client
   */
  ByteString execute(ByteString request);

  /**
   * Answers a read from the state as it is. Changes nothing: this runs on the master only.
   *
   * @return the result, for the client; a {@link RuntimeException} is reported as by {@link
   *     #execute}
   */
  ByteString query(ByteString request);

  /** The whole state. Equal states give equal snapshots, on every server. */
  ByteString snapshot();

  /**
   * As {@link #snapshot()}, in two steps, so that requests wait for the first one only: this method
   * takes hold of the state as it is, and what it returns makes the bytes, called once and by
   * another thread while requests are executed. Worth overriding where the state is large and a
   * copy of its structure is much cheaper than its bytes; otherwise the bytes are made here.
   */
  default Supplier<ByteString> snapshotLater() {
    ByteString now = snapshot();
    return () -> now;
  }

  /**
   * Replaces the whole state by one that {@link #snapshot()} gave, on this server or another.
   *
   * @throws IllegalArgumentException if the bytes are no snapshot of this service
   */
  void restore(ByteString snapshot);
}
