package org.mastership.node.transport;

import com.google.protobuf.ByteString;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Message;
import org.mastership.node.config.ClientTls;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.wire.MessageCodec;
import org.mastership.node.wire.SnapshotPart;
import org.mastership.node.wire.SnapshotWanted;

/**
 * All connections of one server, on one event loop, on which every method but {@link #bind} and
 * {@link #refusals} is to be called. It never blocks.
 */
public final class Transport {
  private final ServerConfiguration configuration;
  private final EventLoop loop;
  private final Optional<SslContext> tls;
  private final Incoming incoming;
  private final Clients clients;
  private final Refusals refusals = new Refusals();
  private final List<Outgoing> outgoing = new ArrayList<>();
  private final Optional<SslContext> connecting;

  /** All that others have opened; what comes once it is closed is closed, too. */
  private final ChannelGroup accepted;

  private @Nullable Channel listening;

  /**
   * Prepares the connections; nothing is opened yet.
   *
   * @throws TransportException if the TLS files can not be used
   */
  public Transport(
      ServerConfiguration configuration,
      EventLoop loop,
      PeerListener peers,
      ClientListener clientListener)
      throws TransportException {
    this.configuration = configuration;
    this.loop = loop;
    this.accepted = new DefaultChannelGroup(loop, true);
    this.tls = Tls.listening(configuration.tls());
    this.clients = new Clients(clientListener, refusals);
    this.incoming = new Incoming(configuration, peers, this::dialledBy, clients, refusals);
    this.connecting = Tls.connecting(configuration.tls().map(ClientTls::of));
    for (ServerConfiguration.Member member : configuration.members()) {
      if (member.number() != configuration.self().number()) {
        outgoing.add(new Outgoing(configuration, member, loop, connecting, peers, refusals));
      }
    }
  }

  /**
   * Listens on the server's own address; blocks, so not to be called on the event loop. Nothing is
   * accepted before {@link #start}.
   *
   * @throws TransportException if the address can not be used
   */
  public void bind() throws TransportException {
    ServerConfiguration.Address address = configuration.self().address();
    ChannelFuture binding =
        new ServerBootstrap()
            .group(loop)
            .channel(EventLoops.listeners())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accepted.add(channel);
                    tls.ifPresent(context -> Tls.accept(context, channel));
                    incoming.initialize(channel);
                  }
                })
            .bind(new InetSocketAddress(address.host(), address.port()))
            .awaitUninterruptibly();
    if (!binding.isSuccess()) {
      throw new TransportException(
          "can not listen on "
              + address
              + " for server "
              + configuration.name()
              + ": "
              + reason(binding.cause())
              + "; stop what uses the address, or configure one of this machine that is free",
          binding.cause());
    }
    listening = binding.channel();
  }

  private static String reason(Throwable cause) {
    return cause instanceof UnresolvedAddressException
        ? "the host name is not known"
        : Printable.of(cause);
  }

  /** Accepts connections and dials the other servers. */
  public void start() {
    if (listening != null) {
      listening.config().setAutoRead(true);
    }
    for (Outgoing each : outgoing) {
      each.dial();
    }
  }

  /**
   * Writes a message to another server; without a connection it is dropped.
   *
   * @param payloads the bytes of its entries, one for each
   */
  public void send(int peer, Message message, List<ByteString> payloads) {
    Outgoing outgoing = to(peer);
    if (message instanceof Message.Entries entries) {
      Parts.of(entries, payloads, (part, bytes) -> outgoing.send(MessageCodec.encode(part, bytes)));
    } else {
      outgoing.send(MessageCodec.encode(message, payloads));
    }
  }

  /** Writes entries to another server whose bytes are those of the snapshot sent before. */
  public void sendAfterSnapshot(int peer, Message message) {
    to(peer).send(MessageCodec.encodeAfterSnapshot(message));
  }

  /** Writes a part of a snapshot to another server. */
  public void send(int peer, SnapshotPart part) {
    to(peer).send(part.frame());
  }

  /** Says to another server how much of its snapshot is here. */
  public void send(int peer, SnapshotWanted wanted) {
    to(peer).send(wanted.frame());
  }

  private Outgoing to(int peer) {
    return outgoing.get(peer < configuration.self().number() ? peer - 1 : peer - 2);
  }

  private void dialledBy(int peer) {
    to(peer).dialNow();
  }

  /**
   * Sends another server load on a connection of its own, to measure the bandwidth.
   *
   * @param result is told the bits per second; not told anything where the measurement fails
   */
  public void measureBandwidth(int peer, DoubleConsumer result) {
    Load.send(configuration, configuration.member(peer), loop, connecting, result);
  }

  /** Hands what was written to the network. */
  public void flush() {
    for (Outgoing each : outgoing) {
      each.flush();
    }
    clients.flush();
  }

  /** Which connections were cut off, and why; for any thread. */
  public Refusals refusals() {
    return refusals;
  }

  /** Cuts the other servers off for good; clients can still ask. */
  public void closePeers() {
    for (Outgoing each : outgoing) {
      each.close();
    }
    incoming.closePeers();
  }

  /** Stops listening and closes all connections. */
  public void close() {
    closePeers();
    if (listening != null) {
      listening.close();
    }
    accepted.close();
  }
}
