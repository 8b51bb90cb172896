package org.mastership.harness.network;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Passes connections on, with what is wrong with the links between. Safe for use by any thread. */
public final class Relays implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  /**
   * Passes connections at one address on to another. Where nobody listens there, they are closed.
   *
   * @param there the link from whom connects to whom it connects to
   * @param back the link the other way
   */
  public Channel pass(
      InetSocketAddress from,
      InetSocketAddress to,
      Supplier<LinkState> there,
      Supplier<LinkState> back)
      throws InterruptedException {
    return listen(
        from,
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel incoming) {
            incoming.config().setAutoRead(false);
            join(incoming, to, there, back);
          }
        });
  }

  private static void join(
      Channel incoming, InetSocketAddress to, Supplier<LinkState> there, Supplier<LinkState> back) {
    ChannelFuture connecting =
        new Bootstrap()
            .group(incoming.eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_READ, false)
            .handler(new DelayingPipe(incoming, back))
            .connect(to);
    Channel outgoing = connecting.channel();
    incoming.pipeline().addLast(new DelayingPipe(outgoing, there));
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            incoming.config().setAutoRead(true);
            outgoing.config().setAutoRead(true);
          } else {
            incoming.close();
          }
        });
  }

  /** Listens at an address. */
  public Channel listen(InetSocketAddress at, ChannelHandler handler) throws InterruptedException {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(handler)
        .bind(at)
        .sync()
        .channel();
  }

  @Override
  public void close() {
    loops.shutdownGracefully();
  }
}
