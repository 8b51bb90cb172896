package org.mastership.node.transport;

import org.mastership.node.wire.ClientMessage;

/** Is told what clients do. All calls come on the event loop. */
public interface ClientListener {
  /** A client has connected. */
  void opened(ClientConnection connection);

  /** A client's message came; {@link PeerListener#readComplete} follows. */
  void received(ClientConnection connection, ClientMessage message);

  /** The connection is gone; what is sent to it from now on is dropped. */
  void closed(ClientConnection connection);
}
