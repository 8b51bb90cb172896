package org.mastership.node.transport;

import io.netty.channel.Channel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLException;
import org.mastership.node.wire.MalformedMessageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts connections that were cut off, by reason, and logs each reason once for each host; a host
 * that keeps sending nonsense does not fill the log. Counting is for any thread, the rest for the
 * event loop.
 */
public final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final int MOST_REMEMBERED = 1024;
  private static final AttributeKey<Boolean> CUT_OFF = AttributeKey.valueOf("mastership.cutOff");

  /** Why a connection was cut off. */
  public enum Reason {
    /** It did not finish the handshake in time. */
    SLOW_HANDSHAKE,
    /** There are too many connections. */
    TOO_MANY,
    /** The handshake was refused: another version, group, server or configuration. */
    HANDSHAKE,
    /** TLS failed: a wrong or missing certificate, or no TLS at all. */
    TLS,
    /** A frame was longer than allowed. */
    TOO_LONG,
    /** A frame was not a message of the protocol. */
    MALFORMED,
    /** It did not read what was sent to it. */
    NOT_READING
  }

  private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);
  private final Set<String> logged = new HashSet<>();

  Refusals() {
    for (Reason reason : Reason.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  /** How many connections were cut off for a reason. */
  public long count(Reason reason) {
    LongAdder count = counts.get(reason);
    return count == null ? 0 : count.sum();
  }

  /** Closes a connection on which something went wrong; only what the other side did counts. */
  void cutOff(Channel channel, Throwable cause) {
    Throwable root =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    if (root instanceof NotSslRecordException) {
      cutOff(channel, Reason.TLS, "it does not speak TLS, as this server is configured to");
    } else if (root instanceof SSLException) {
      cutOff(channel, Reason.TLS, tlsFailed(root));
    } else if (root instanceof TooLongFrameException) {
      cutOff(channel, Reason.TOO_LONG, "a frame is too long, or the other side speaks TLS");
    } else if (root instanceof CorruptedFrameException
        || cause instanceof DecoderException
        || cause instanceof MalformedMessageException) {
      cutOff(channel, Reason.MALFORMED, "no message of the protocol: " + Printable.of(root));
    } else {
      if (!(cause instanceof IOException)) {
        LOG.error("connection with {} closed by a fault of this server", hostOf(channel), cause);
      }
      channel.close();
    }
  }

  void cutOff(Channel channel, Reason reason, String why) {
    LongAdder count = counts.get(reason);
    if (count == null || channel.attr(CUT_OFF).setIfAbsent(true) != null) {
      return;
    }
    String host = hostOf(channel);
    if (logged.size() < MOST_REMEMBERED && logged.add(host + reason)) {
      LOG.warn("connection with {} cut off: {} (further ones are only counted)", host, why);
    }
    count.increment();
    channel.close();
  }

  static String tlsFailed(Throwable cause) {
    return "TLS failed: "
        + Printable.of(cause)
        + "; check the certificate and the authority of both sides";
  }

  private static String hostOf(Channel channel) {
    String remote = String.valueOf(channel.remoteAddress());
    int port = remote.lastIndexOf(':');
    return port < 0 ? remote : remote.substring(0, port);
  }
}
