package org.mastership.node.wire;

import com.google.protobuf.ByteString;
import java.util.List;
import org.mastership.core.Message;

/**
 * A message between servers with the bytes of the entries that it carries.
 *
 * @param message the message
 * @param payloads one for each entry of {@link Message.Entries} and {@link Message.Fetched}; empty
 *     for any other, and where a snapshot carries them
 * @param bySnapshot whether the bytes came before, as the snapshot that ends with the last entry
 */
public record PeerFrame(Message message, List<ByteString> payloads, boolean bySnapshot) {
  /** A message that brings the bytes of its entries itself, if it has any. */
  public PeerFrame(Message message, List<ByteString> payloads) {
    this(message, payloads, false);
  }
}
