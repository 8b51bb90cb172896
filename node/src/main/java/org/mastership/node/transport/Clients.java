package org.mastership.node.transport;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import org.mastership.node.wire.ServerMessage;

/** The clients' connections; for the event loop only. */
final class Clients {
  private static final long MOST_UNREAD_BYTES = 16L << 20;

  private final ClientListener listener;
  private final Refusals refusals;
  private final List<Connection> dirty = new ArrayList<>();

  Clients(ClientListener listener, Refusals refusals) {
    this.listener = listener;
    this.refusals = refusals;
  }

  ClientListener listener() {
    return listener;
  }

  Connection open(Channel channel) {
    Connection connection = new Connection(channel);
    listener.opened(connection);
    flush();
    return connection;
  }

  void closed(Connection connection) {
    listener.closed(connection);
  }

  void flush() {
    for (Connection connection : dirty) {
      connection.written = false;
      connection.channel.flush();
    }
    dirty.clear();
  }

  /** One client. */
  final class Connection implements ClientConnection {
    private final Channel channel;
    private boolean written;

    Connection(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void send(ServerMessage message) {
      if (!channel.isActive()) {
        return;
      }
      channel.write(message, channel.voidPromise());
      if (!written) {
        written = true;
        dirty.add(this);
      }
      if (!channel.isWritable() && channel.bytesBeforeWritable() > MOST_UNREAD_BYTES) {
        refusals.cutOff(channel, Refusals.Reason.NOT_READING, "it does not read what it is sent");
      }
    }
  }
}
