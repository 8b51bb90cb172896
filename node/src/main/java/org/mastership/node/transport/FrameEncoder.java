package org.mastership.node.transport;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;
import java.io.IOException;

/**
 * Writes a length and a message into one buffer for the network. The bytes of entries are copied
 * there and nowhere else; Netty's own encoder would copy each message into an array before.
 */
final class FrameEncoder extends MessageToByteEncoder<MessageLite> {
  static final int LENGTH_BYTES = 4;

  FrameEncoder() {
    super(MessageLite.class);
  }

  @Override
  protected ByteBuf allocateBuffer(
      ChannelHandlerContext context, MessageLite message, boolean preferDirect) {
    return context.alloc().ioBuffer(LENGTH_BYTES + message.getSerializedSize());
  }

  @Override
  protected void encode(ChannelHandlerContext context, MessageLite message, ByteBuf out)
      throws IOException {
    int size = message.getSerializedSize();
    out.writeInt(size);
    int begin = out.writerIndex();
    CodedOutputStream stream = CodedOutputStream.newInstance(out.nioBuffer(begin, size));
    message.writeTo(stream);
    stream.flush();
    out.writerIndex(begin + size);
  }
}
