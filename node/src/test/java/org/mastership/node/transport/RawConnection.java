package org.mastership.node.transport;

import com.google.protobuf.MessageLite;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.wire.Hello;
import org.mastership.node.wire.HelloReply;
import org.mastership.node.wire.ServerMessage;

/** A socket on which a test says whatever it likes. */
final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  RawConnection(ServerConfiguration.Address address) throws IOException {
    socket = new Socket(address.host(), address.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /** What a good server would say to another one. */
  static Hello.Builder hello(ServerConfiguration from, int to) {
    return Hello.newBuilder()
        .setVersion(Frames.VERSION)
        .setKind(Hello.Kind.PEER)
        .setGroup(from.group())
        .setFrom(from.self().number())
        .setTo(to)
        .setConfiguration(from.fingerprint());
  }

  static Hello clientHello() {
    return Hello.newBuilder().setVersion(Frames.VERSION).setKind(Hello.Kind.CLIENT).build();
  }

  RawConnection frame(MessageLite message) throws IOException {
    return frame(message.toByteArray());
  }

  RawConnection frame(byte... content) throws IOException {
    out.writeInt(content.length);
    return bytes(content);
  }

  /** Frames that arrive together. */
  RawConnection frames(byte[]... contents) throws IOException {
    ByteArrayOutputStream together = new ByteArrayOutputStream();
    DataOutputStream frames = new DataOutputStream(together);
    for (byte[] content : contents) {
      frames.writeInt(content.length);
      frames.write(content);
    }
    return bytes(together.toByteArray());
  }

  RawConnection length(int length) throws IOException {
    out.writeInt(length);
    return this;
  }

  RawConnection bytes(byte... bytes) throws IOException {
    out.write(bytes);
    return this;
  }

  HelloReply reply() throws IOException {
    return HelloReply.parseFrom(content());
  }

  ServerMessage answer() throws IOException {
    return ServerMessage.parseFrom(content());
  }

  private byte[] content() throws IOException {
    return in.readNBytes(in.readInt());
  }

  /** Whether the other side closes; waits for it, and passes over what it says before. */
  boolean isClosed() throws IOException {
    try {
      while (in.read() >= 0) {
        // passed over
      }
    } catch (EOFException | SocketException e) {
      return true;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
