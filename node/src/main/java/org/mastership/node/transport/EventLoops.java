package org.mastership.node.transport;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** Netty's native transport where there is one, else Java's. */
public final class EventLoops {
  private static final boolean NATIVE = Epoll.isAvailable();

  private static final long MOST_UNSENT_BYTES = 128 << 10;

  private EventLoops() {}

  /** A group of one event loop, with daemon threads of this name. */
  public static MultiThreadIoEventLoopGroup single(String name) {
    IoHandlerFactory io = NATIVE ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), io);
  }

  /** The class of connections that fits the event loops. */
  public static Class<? extends SocketChannel> connections() {
    return NATIVE ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /**
   * Keeps what the system holds of a connection but has not sent short, where it can: else some
   * megabytes there would be ahead of what is written next.
   */
  static void keepShort(Channel channel) {
    if (channel instanceof EpollSocketChannel) {
      channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, MOST_UNSENT_BYTES);
    }
  }

  /**
   * Closes a connection as soon as what was sent has not been acknowledged, or not been taken, for
   * a time, where the system can: else it is kept for a quarter of an hour, and is silent after a
   * partition for about as long again as that lasted, for TCP doubles the time between its
   * attempts.
   */
  static void giveUpAfter(Channel channel, int unacknowledgedMillis) {
    if (channel instanceof EpollSocketChannel) {
      channel.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, unacknowledgedMillis);
    }
  }

  /** The class of listening sockets that fits the event loops. */
  public static Class<? extends ServerSocketChannel> listeners() {
    return NATIVE ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }
}
