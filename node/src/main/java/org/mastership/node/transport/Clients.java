package org.mastership.node.transport;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mastership.node.wire.ServerMessage;

/** The clients' connections; for the event loop only. */
final class Clients {
  static final int MOST_CLIENTS = 10_000;
  private static final long MOST_UNREAD_BYTES = 64L << 20;
  private static final int STALL_SECONDS = 10;

  private final ClientListener listener;
  private final Refusals refusals;
  private final List<Connection> dirty = new ArrayList<>();
  private int open;

  Clients(ClientListener listener, Refusals refusals) {
    this.listener = listener;
    this.refusals = refusals;
  }

  ClientListener listener() {
    return listener;
  }

  boolean isFull() {
    return open == MOST_CLIENTS;
  }

  Connection open(Channel channel) {
    open++;
    Connection connection = new Connection(channel);
    listener.opened(connection);
    flush();
    return connection;
  }

  void closed(Connection connection) {
    open--;
    connection.stopWatching();
    listener.closed(connection);
  }

  void flush() {
    for (Connection connection : dirty) {
      connection.written = false;
      connection.channel.flush();
    }
    dirty.clear();
  }

  /**
   * One client. While it does not read what it is sent, nothing more is read from it, and in the
   * end it is cut off.
   */
  final class Connection implements ClientConnection {
    private final Channel channel;
    private boolean written;
    private boolean readingWanted = true;
    private @Nullable Future<?> watch;

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
      if (unread() > MOST_UNREAD_BYTES) {
        cutOff();
      }
    }

    @Override
    public void reading(boolean wanted) {
      readingWanted = wanted;
      readIfWanted();
    }

    private void readIfWanted() {
      channel.config().setAutoRead(readingWanted && channel.isWritable());
    }

    void onWritabilityChanged() {
      readIfWanted();
      stopWatching();
      if (!channel.isWritable()) {
        watch(Long.MAX_VALUE);
      }
    }

    /** A slow client is not taken for one that does not read. */
    private void watch(long before) {
      long unread = unread();
      if (unread >= before) {
        cutOff();
      } else {
        watch = channel.eventLoop().schedule(() -> watch(unread), STALL_SECONDS, TimeUnit.SECONDS);
      }
    }

    private void stopWatching() {
      if (watch != null) {
        watch.cancel(false);
        watch = null;
      }
    }

    /** How many bytes must go before more are welcome; 0 while they are. */
    private long unread() {
      return channel.isWritable() ? 0 : channel.bytesBeforeWritable();
    }

    private void cutOff() {
      refusals.cutOff(channel, Refusals.Reason.NOT_READING, "it does not read what it is sent");
    }
  }
}
