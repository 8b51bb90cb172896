package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A relay between two sockets of this process. */
class RelayTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final int PEER = 2;
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Relay relay = new Relay();
  private ServerSocket receiver;
  private Channel control;
  private Channel entrance;

  @BeforeEach
  void start() throws Exception {
    receiver = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    receiver.setSoTimeout(TIMEOUT_MILLIS);
    control = relay.takeOrders(ANY);
    entrance = relay.connect(PEER, ANY, (InetSocketAddress) receiver.getLocalSocketAddress());
  }

  @AfterEach
  void end() throws IOException {
    relay.close();
    receiver.close();
  }

  private static Socket connect(Channel to) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(to.localAddress());
    return socket;
  }

  private String order(String line) throws IOException {
    try (Socket socket = connect(control)) {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      byte[] answer = new byte[100];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, length, StandardCharsets.UTF_8).strip();
    }
  }

  @Test
  void whatIsSentArrivesInOrderAndNotBeforeTheDelay() throws Exception {
    assertThat(order("delay 2 50000 30000")).isEqualTo("ok");
    byte[] sent = new byte[100_000];
    new Random(1).nextBytes(sent);
    try (Socket sender = connect(entrance);
        Socket received = receiver.accept()) {
      long begun = System.nanoTime();
      for (int at = 0; at < sent.length; at += 10_000) {
        sender.getOutputStream().write(sent, at, 10_000);
      }
      InputStream in = received.getInputStream();
      int first = in.read();
      long delayed = System.nanoTime() - begun;

      assertThat(delayed).isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
      assertThat((byte) first).isEqualTo(sent[0]);
      assertThat(in.readNBytes(sent.length - 1))
          .isEqualTo(Arrays.copyOfRange(sent, 1, sent.length));
    }
  }

  @Test
  void theWayBackIsOpenAndAnEndIsPassedOn() throws Exception {
    try (Socket sender = connect(entrance);
        Socket received = receiver.accept()) {
      OutputStream back = received.getOutputStream();
      back.write(7);
      assertThat(sender.getInputStream().read()).isEqualTo(7);

      sender.getOutputStream().write(8);
      sender.shutdownOutput();

      assertThat(received.getInputStream().readAllBytes()).containsExactly(8);
    }
  }

  @Test
  void aReceiverThatIsDownIsPassedOnAsAnEnd() throws Exception {
    receiver.close();
    try (Socket sender = connect(entrance)) {
      assertThat(sender.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void whatIsNoOrderIsSaidToBeNone() throws Exception {
    assertThat(order("delay two 1 1")).isEqualTo("not an order: delay two 1 1");
    assertThat(order("delay 2 999999999 0")).isEqualTo("not an order: delay 2 999999999 0");
    assertThat(order("delay 2 0 0")).isEqualTo("ok");
  }
}
