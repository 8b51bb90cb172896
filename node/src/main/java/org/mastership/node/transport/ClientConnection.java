package org.mastership.node.transport;

import org.mastership.node.wire.ServerMessage;

/** A client's connection to this server; for the event loop only. */
public interface ClientConnection {
  /** Writes a message; {@link Transport#flush} hands it to the network. */
  void send(ServerMessage message);

  /**
   * Whether more is to be read from the client; at first it is. What has arrived already can still
   * be told to the listener.
   */
  void reading(boolean wanted);
}
