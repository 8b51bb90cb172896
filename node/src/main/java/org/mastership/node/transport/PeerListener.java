package org.mastership.node.transport;

import com.google.protobuf.ByteString;
import java.util.List;
import org.mastership.core.Message;
import org.mastership.node.wire.SnapshotPart;
import org.mastership.node.wire.SnapshotWanted;

/** Is told what happens between servers. All calls come on the event loop. */
public interface PeerListener {
  /** What is sent to this server is handed to a connection from now on. */
  void connected(int peer);

  /** The connection to this server is lost; it is dialled again at once. */
  void disconnected(int peer);

  /** The host of this server refused a connection; told for each attempt. */
  void refused(int peer);

  /**
   * A message came.
   *
   * @param payloads the bytes of its entries, one for each; empty for messages without entries
   */
  void received(int peer, Message message, List<ByteString> payloads);

  /** Entries came whose bytes are those of the snapshot that was sent before. */
  void receivedAfterSnapshot(int peer, Message message);

  /** A part of a snapshot came. */
  void received(int peer, SnapshotPart part);

  /** The other server says how much of a snapshot it holds. */
  void received(int peer, SnapshotWanted wanted);

  /** All that had come in at once, from servers and clients, has been told. */
  void readComplete();
}
