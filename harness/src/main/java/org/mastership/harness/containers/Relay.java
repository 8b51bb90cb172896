package org.mastership.harness.containers;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mastership.harness.network.Delay;
import org.mastership.harness.network.LinkState;
import org.mastership.harness.network.Relays;

/**
 * Connects one server to the others with delays. It runs on the server's machine, where the kernel
 * turns the server's outgoing connections to it. Only what the server sends is delayed: what others
 * send to it goes over their connections.
 *
 * <p>It takes lines {@code delay NUMBER LEAST_MICROS JITTER_MICROS} on its control port, and
 * answers {@code ok} when the delay is in force for all that comes after.
 */
public final class Relay implements AutoCloseable {
  /** Where it takes orders. */
  static final int CONTROL_PORT = 7199;

  /** The port of peer n is n above this one. */
  static final int FIRST_PORT = 7200;

  private static final Pattern ORDER = Pattern.compile("delay (\\d{1,3}) (\\d{1,9}) (\\d{1,9})");
  private static final int LONGEST_LINE = 64;

  private final Relays relays = new Relays();
  private final Map<Integer, Delay> delays = new ConcurrentHashMap<>();

  /** Runs until it is killed. Arguments: a peer each, {@code NUMBER=HOST:PORT}. */
  public static void main(String[] peers) throws InterruptedException {
    Relay relay = new Relay();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (String peer : peers) {
      String[] parts = peer.split("[=:]", -1);
      int number = Integer.parseInt(parts[0]);
      InetSocketAddress to = new InetSocketAddress(parts[1], Integer.parseInt(parts[2]));
      relay.connect(number, new InetSocketAddress(loopback, FIRST_PORT + number), to);
    }
    Channel control = relay.takeOrders(new InetSocketAddress(CONTROL_PORT));
    control.closeFuture().sync();
  }

  /** Passes connections at one address on to another. */
  Channel connect(int peer, InetSocketAddress from, InetSocketAddress to)
      throws InterruptedException {
    return relays.pass(
        from,
        to,
        () -> new LinkState(false, delays.getOrDefault(peer, Delay.NONE)),
        () -> LinkState.OPEN);
  }

  /** Listens for orders. */
  Channel takeOrders(InetSocketAddress at) throws InterruptedException {
    return relays.listen(
        at,
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            channel
                .pipeline()
                .addLast(new LineBasedFrameDecoder(LONGEST_LINE), new StringDecoder(), orders());
          }
        });
  }

  private ChannelInboundHandlerAdapter orders() {
    return new SimpleChannelInboundHandler<String>() {
      @Override
      protected void channelRead0(ChannelHandlerContext context, String line) {
        String answer = obey(line) ? "ok\n" : "not an order: " + line + "\n";
        context.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.UTF_8));
      }

      @Override
      public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
      }
    };
  }

  private boolean obey(String line) {
    Matcher order = ORDER.matcher(line);
    if (!order.matches()) {
      return false;
    }
    try {
      Delay delay = new Delay(micros(order, 2), micros(order, 3));
      delays.put(Integer.valueOf(order.group(1)), delay);
      return true;
    } catch (IllegalArgumentException tooLong) {
      return false;
    }
  }

  private static Duration micros(Matcher order, int group) {
    return Duration.ofNanos(1000 * Long.parseLong(order.group(group)));
  }

  @Override
  public void close() {
    relays.close();
  }
}
