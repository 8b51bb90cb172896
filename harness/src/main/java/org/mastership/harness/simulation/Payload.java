package org.mastership.harness.simulation;

import java.util.List;
import java.util.Optional;

/**
 * What stands for the bytes that a message brings along.
 *
 * @param requests of the entries that it names
 * @param snapshot that is sent in the place of their bytes, where servers have a service
 */
record Payload(List<Long> requests, Optional<Snapshot> snapshot) {
  static final Payload NONE = new Payload(List.of(), Optional.empty());
}
