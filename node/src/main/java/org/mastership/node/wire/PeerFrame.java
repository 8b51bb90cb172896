package org.mastership.node.wire;

import com.google.protobuf.ByteString;
import java.util.List;
import org.mastership.core.Message;

/**
 * A message between servers with the bytes of the entries that it carries.
 *
 * @param message the message
 * @param payloads one for each entry of {@link Message.Entries} and {@link Message.Fetched}; empty
 *     for any other
 */
public record PeerFrame(Message message, List<ByteString> payloads) {}
