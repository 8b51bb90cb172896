package org.mastership.harness.simulation;

import com.google.protobuf.ByteString;
import java.util.Optional;

/**
 * What stands for the entries that a server has executed.
 *
 * @param sequence the last of them; 0 for no snapshot
 * @param digest of them
 * @param content the service after them; empty where servers have none
 */
record Snapshot(long sequence, long digest, Optional<ByteString> content) {
  static final Snapshot NONE = new Snapshot(0, 0, Optional.empty());
}
