package org.mastership.node.wire;

import org.mastership.core.Position;

/**
 * The receiver of a snapshot holds it up to an offset, and wants what follows.
 *
 * @param end the last entry that the snapshot stands for
 * @param offset how many bytes it holds; all of them when the whole was checked
 */
public record SnapshotWanted(Position end, long offset) {
  public SnapshotWanted {
    if (offset < 0) {
      throw new IllegalArgumentException("negative offset " + offset);
    }
  }

  /** The frame for it. */
  public PeerMessage frame() {
    return PeerMessage.newBuilder()
        .setSnapshotWanted(
            WireSnapshotWanted.newBuilder().setEnd(MessageEncoder.position(end)).setOffset(offset))
        .build();
  }
}
