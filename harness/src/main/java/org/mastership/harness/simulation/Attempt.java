package org.mastership.harness.simulation;

import com.google.protobuf.ByteString;
import org.mastership.node.service.Outcome;

/** What a user has sent to one server, and waits for. */
interface Attempt {
  /** Whether it only reads the state, and becomes no entry of the log. */
  boolean reads();

  /** A read in the service's own format, or the bytes of an entry. */
  ByteString payload();

  /** What was known to clients when they asked. */
  long required();

  /** The server answers. */
  void answered(Outcome outcome);

  /**
   * The server is not master, or no more.
   *
   * @param master the number of the server that it takes for the master, 0 for none
   * @param hadNoEffect whether the server never took it
   */
  void refused(int master, boolean hadNoEffect);

  /** The connection broke. */
  void broken();
}
