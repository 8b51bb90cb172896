package org.mastership.node.transport;

import org.mastership.node.wire.ServerMessage;

/** A client's connection to this server; for the event loop only. */
public interface ClientConnection {
  /** Writes a message; {@link Transport#flush} hands it to the network. */
  void send(ServerMessage message);
}
