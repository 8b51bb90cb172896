package org.mastership.node.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.CompletableFuture;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.transport.Dialer;
import org.mastership.node.transport.Frames;
import org.mastership.node.wire.ClientMessage;
import org.mastership.node.wire.ServerMessage;
import org.mastership.node.wire.StatusRequest;

/** Asks one server, master or not, for its status, on a connection of its own. */
final class StatusProbe implements Dialer.Listener {
  private static final int MOST_FRAME_BYTES = 1 << 20;
  private static final ClientMessage QUESTION =
      ClientMessage.newBuilder().setId(1).setStatus(StatusRequest.getDefaultInstance()).build();

  private final Address address;
  private final CompletableFuture<String> json;

  StatusProbe(Address address, CompletableFuture<String> json) {
    this.address = address;
    this.json = json;
  }

  @Override
  public void accepted(Channel channel) {
    Frames.become(channel, MOST_FRAME_BYTES, ServerMessage.getDefaultInstance(), new Answer());
    channel.writeAndFlush(QUESTION);
  }

  @Override
  public void failed(Dialer.Reason reason, String text) {
    fail(reason == Dialer.Reason.REFUSED ? "it refuses this client: " + text : text);
  }

  private void fail(String why) {
    json.completeExceptionally(
        new ServerUnreachableException("no status from " + address + ": " + why));
  }

  /** Waits for the status. */
  private final class Answer extends SimpleChannelInboundHandler<ServerMessage> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ServerMessage message) {
      if (message.hasStatus()) {
        json.complete(message.getStatus().getJson());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      fail("it closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      fail(String.valueOf(cause.getMessage()));
      context.close();
    }
  }
}
