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

/** One question to one server, master or not, on a connection of its own. */
final class DirectCall implements Dialer.Listener {
  private static final int MOST_FRAME_BYTES = 1 << 20;
  private static final long ID = 1;

  private final Address address;
  private final ClientMessage question;
  private final CompletableFuture<ServerMessage> answer;

  DirectCall(
      Address address, ClientMessage.Builder question, CompletableFuture<ServerMessage> answer) {
    this.address = address;
    this.question = question.setId(ID).build();
    this.answer = answer;
  }

  @Override
  public void accepted(Channel channel) {
    Frames.become(channel, MOST_FRAME_BYTES, ServerMessage.getDefaultInstance(), new Answer());
    channel.writeAndFlush(question);
  }

  @Override
  public void failed(Dialer.Reason reason, String text) {
    fail(reason == Dialer.Reason.REFUSED ? "it refuses this client: " + text : text);
  }

  private void fail(String why) {
    answer.completeExceptionally(
        new ServerUnreachableException("no answer from " + address + ": " + why));
  }

  /** Waits for the answer. */
  private final class Answer extends SimpleChannelInboundHandler<ServerMessage> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ServerMessage message) {
      if (message.getId() == ID) {
        answer.complete(message);
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
