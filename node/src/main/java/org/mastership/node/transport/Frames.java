package org.mastership.node.transport;

import com.google.protobuf.MessageLite;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.protobuf.ProtobufDecoder;

/**
 * Framing: four bytes of length, then one protobuf message. A connection begins with short frames
 * for the handshake, and goes on with those of its kind.
 */
public final class Frames {
  /** The newest version of the wire format that this program speaks. */
  public static final int VERSION = 3;

  /** The oldest one. A group is upgraded server by server from releases that speak it. */
  public static final int OLDEST_VERSION = 2;

  /** The longest frame of a handshake. */
  public static final int HANDSHAKE_BYTES = 64 << 10;

  private static final String SPLIT = "split";
  private static final String DECODE = "decode";
  private static final String HANDLE = "handle";

  private Frames() {}

  /** Frames of the handshake: {@code received} is what the other side says first. */
  public static void install(
      ChannelPipeline pipeline, MessageLite received, ChannelHandler handler) {
    pipeline.addLast(SPLIT, splitter(HANDSHAKE_BYTES));
    pipeline.addLast(DECODE, new ProtobufDecoder(received));
    pipeline.addLast(new FrameEncoder());
    pipeline.addLast(HANDLE, handler);
  }

  /** Frames after the handshake. */
  public static void become(
      Channel channel, int mostBytes, MessageLite received, ChannelHandler handler) {
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.replace(HANDLE, HANDLE, handler);
    pipeline.replace(DECODE, DECODE, new ProtobufDecoder(received));
    pipeline.replace(SPLIT, SPLIT, splitter(mostBytes));
  }

  private static LengthFieldBasedFrameDecoder splitter(int mostBytes) {
    return new LengthFieldBasedFrameDecoder(
        mostBytes, 0, FrameEncoder.LENGTH_BYTES, 0, FrameEncoder.LENGTH_BYTES);
  }
}
