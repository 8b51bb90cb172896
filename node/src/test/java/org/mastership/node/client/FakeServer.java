package org.mastership.node.client;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.transport.EventLoops;
import org.mastership.node.transport.Frames;
import org.mastership.node.wire.ClientMessage;
import org.mastership.node.wire.Hello;
import org.mastership.node.wire.HelloReply;
import org.mastership.node.wire.MastershipNotice;
import org.mastership.node.wire.NotMaster;
import org.mastership.node.wire.Rejected;
import org.mastership.node.wire.Request;
import org.mastership.node.wire.Result;
import org.mastership.node.wire.ServerMessage;
import org.mastership.node.wire.SessionOpened;

/**
 * Speaks the wire protocol of a server over real sockets, and answers as a test tells it to. Unless
 * told otherwise it opens session 7 and answers each operation with its own bytes.
 */
final class FakeServer implements AutoCloseable {
  static final long SESSION = 7;

  /** Everything that clients have sent, in order of arrival. */
  final List<ClientMessage> received = new CopyOnWriteArrayList<>();

  private final int number;
  private final EventLoopGroup loops = EventLoops.single("fake-server");
  private final Set<Channel> clients = ConcurrentHashMap.newKeySet();
  private final Channel listening;
  private volatile MastershipNotice notice;
  private volatile String refusal = "";
  private volatile Function<ClientMessage, Optional<ServerMessage>> script = FakeServer::echo;

  FakeServer(int number) {
    this(number, 0);
  }

  FakeServer(int number, int port) {
    this.number = number;
    this.notice = MastershipNotice.newBuilder().setServer(number).build();
    this.listening =
        new ServerBootstrap()
            .group(loops)
            .channel(EventLoops.listeners())
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    Frames.install(channel.pipeline(), Hello.getDefaultInstance(), new Handshake());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .syncUninterruptibly()
            .channel();
  }

  Address address() {
    return new Address("127.0.0.1", ((ServerSocketChannel) listening).localAddress().getPort());
  }

  int connections() {
    return clients.size();
  }

  /** From now on this server says, to all clients, that a server is master. */
  void announce(long epoch, int master, Address address) {
    notice =
        MastershipNotice.newBuilder()
            .setServer(number)
            .setEpochToken(epoch)
            .setMaster(master)
            .setAddress(address.toString())
            .build();
    tellAll();
  }

  /** From now on this server says, to all clients, that it was master and has handed over. */
  void announceOver(long epoch, int successor, Address successorAddress) {
    notice =
        MastershipNotice.newBuilder()
            .setServer(number)
            .setEpochToken(epoch)
            .setMaster(number)
            .setAddress(address().toString())
            .setSuccessor(successor)
            .setSuccessorAddress(successorAddress.toString())
            .build();
    tellAll();
  }

  private void tellAll() {
    for (Channel client : clients) {
      client.writeAndFlush(ServerMessage.newBuilder().setMastershipNotice(notice).build());
    }
  }

  /** From now on this server says that it is master. */
  FakeServer asMaster(long epoch) {
    announce(epoch, number, address());
    return this;
  }

  /** From now on handshakes are refused. */
  void refuse(String why) {
    refusal = why;
  }

  /** From now on messages are answered so; with nothing where the script gives none. */
  void answer(Function<ClientMessage, Optional<ServerMessage>> answers) {
    script = answers;
  }

  void silent() {
    answer(message -> Optional.empty());
  }

  void disconnect() {
    clients.forEach(Channel::close);
  }

  /** The requests that have come, in order. */
  List<Request> requests() {
    return received.stream()
        .filter(ClientMessage::hasRequest)
        .map(ClientMessage::getRequest)
        .toList();
  }

  static Optional<ServerMessage> echo(ClientMessage message) {
    ServerMessage.Builder answer = ServerMessage.newBuilder().setId(message.getId());
    return switch (message.getBodyCase()) {
      case OPEN_SESSION ->
          Optional.of(
              answer.setSessionOpened(SessionOpened.newBuilder().setSession(SESSION)).build());
      case REQUEST ->
          Optional.of(
              answer
                  .setResult(Result.newBuilder().setResult(message.getRequest().getOperation()))
                  .build());
      case QUERY ->
          Optional.of(
              answer
                  .setResult(Result.newBuilder().setResult(message.getQuery().getOperation()))
                  .build());
      default -> Optional.empty();
    };
  }

  static Optional<ServerMessage> notMaster(ClientMessage message, int master, String address) {
    return Optional.of(
        ServerMessage.newBuilder()
            .setId(message.getId())
            .setNotMaster(NotMaster.newBuilder().setMaster(master).setAddress(address))
            .build());
  }

  static Optional<ServerMessage> reject(ClientMessage message, Rejected.Reason reason) {
    return Optional.of(
        ServerMessage.newBuilder()
            .setId(message.getId())
            .setRejected(Rejected.newBuilder().setReason(reason).setText("as the test says"))
            .build());
  }

  @Override
  public void close() {
    if (loops.isShuttingDown()) {
      return;
    }
    listening.close().syncUninterruptibly();
    disconnect();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private final class Handshake extends SimpleChannelInboundHandler<Hello> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, Hello hello) {
      if (!refusal.isEmpty()) {
        context.writeAndFlush(HelloReply.newBuilder().setReason(refusal).build());
        return;
      }
      context.writeAndFlush(HelloReply.newBuilder().setAccepted(true).build());
      Frames.become(context.channel(), 1 << 20, ClientMessage.getDefaultInstance(), new Messages());
      clients.add(context.channel());
      context
          .channel()
          .writeAndFlush(ServerMessage.newBuilder().setMastershipNotice(notice).build());
    }
  }

  private final class Messages extends SimpleChannelInboundHandler<ClientMessage> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ClientMessage message) {
      received.add(message);
      script.apply(message).ifPresent(context::write);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      clients.remove(context.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
