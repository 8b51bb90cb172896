package org.mastership.node.wire;

import com.google.protobuf.ByteString;
import org.mastership.core.Position;

/**
 * A piece of the file of a snapshot on its way to another server.
 *
 * @param end the last entry that the snapshot stands for
 * @param length of the whole file, 1 or more
 * @param offset where in the file the content belongs
 * @param content the bytes; none in the first message, which only says what is to come
 */
public record SnapshotPart(Position end, long length, long offset, ByteString content) {
  /** The most bytes of content; a frame between servers has always room for them. */
  public static final int MOST_BYTES = 64 << 10;

  /**
   * How many bytes are sent ahead of what the receiver says it holds. Replies to inquiries wait
   * behind them, so they must take much less than the reply time-out on any network in use.
   */
  public static final int WINDOW_BYTES = 256 << 10;

  public SnapshotPart {
    if (end.sequence() < 1 || length < 1) {
      throw new IllegalArgumentException("a snapshot of nothing");
    }
    if (offset < 0 || offset > length - content.size()) {
      throw new IllegalArgumentException(
          "bytes from " + offset + " are not in a file of " + length);
    }
  }

  /** The frame for it. */
  public PeerMessage frame() {
    return PeerMessage.newBuilder()
        .setSnapshotPart(
            WireSnapshotPart.newBuilder()
                .setEnd(MessageEncoder.position(end))
                .setLength(length)
                .setOffset(offset)
                .setContent(content))
        .build();
  }
}
