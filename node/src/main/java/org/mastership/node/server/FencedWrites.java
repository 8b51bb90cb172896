package org.mastership.node.server;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.mastership.node.config.ServerConfiguration.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to an outside resource over and over while this server believes itself master, with the
 * fencing token that it was given before it prepared the write: what a master that is paused in
 * between sends is late, and the resource can tell.
 *
 * <p>A write is the number of the server and the token, 4 and 8 bytes; the answer is one byte, 1
 * for accepted and 0 for refused.
 */
public final class FencedWrites implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FencedWrites.class);
  private static final long PAUSE_NANOS = 2_000_000;
  private static final long PREPARING_NANOS = 8_000_000;
  private static final long RECONNECT_NANOS = 50_000_000;
  private static final int ANSWER_MILLIS = 1_000;
  private static final int WRITE_BYTES = Integer.BYTES + Long.BYTES;

  private final Mastership mastership;
  private final int number;
  private final Address resource;
  private final Thread thread;
  private volatile boolean closed;

  private FencedWrites(Mastership mastership, int number, Address resource) {
    this.mastership = mastership;
    this.number = number;
    this.resource = resource;
    this.thread = new Thread(this::run, "fenced-writes");
    thread.setDaemon(true);
  }

  /**
   * Starts a thread that writes.
   *
   * @param number of the server, which the resource is told
   * @param resource where it listens; where it does not, it is tried again
   */
  public static FencedWrites start(Mastership mastership, int number, Address resource) {
    FencedWrites writes = new FencedWrites(mastership, number, resource);
    writes.thread.start();
    return writes;
  }

  private void run() {
    while (!closed) {
      try (Socket socket = new Socket()) {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS);
        socket.connect(new InetSocketAddress(resource.host(), resource.port()), ANSWER_MILLIS);
        write(
            new DataOutputStream(socket.getOutputStream()),
            new DataInputStream(socket.getInputStream()));
      } catch (IOException e) {
        LOG.info("the resource at {} does not answer: {}", resource, e.toString());
        LockSupport.parkNanos(RECONNECT_NANOS);
      }
    }
  }

  private void write(DataOutputStream out, DataInputStream in) throws IOException {
    while (!closed) {
      long token = mastership.fencingToken();
      if (token == 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
        continue;
      }
      LockSupport.parkNanos(PREPARING_NANOS);
      byte[] write = ByteBuffer.allocate(WRITE_BYTES).putInt(number).putLong(token).array();
      out.write(write);
      if (!in.readBoolean()) {
        LOG.info("the resource refused a write with token {}: there is a later master", token);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
