package org.mastership.harness.fencing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mastership.node.config.ServerConfiguration.Address;

/**
 * A resource on loopback that servers write to while they believe themselves master, as {@link
 * org.mastership.node.server.FencedWrites} do. It refuses a write whose fencing token is lower than
 * one it has seen, and writes down what it accepted and refused. Safe for use by any thread.
 */
public final class FencedResource implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 256;

  private final ObjectMapper mapper = new ObjectMapper();
  private final ServerSocket socket;
  private final BufferedWriter out;
  private final long originNanos;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Map<Long, Integer> holders = new HashMap<>();
  private Optional<String> problem = Optional.empty();
  private long highest;
  private long accepted;
  private long refused;

  /**
   * What the resource has seen.
   *
   * @param accepted writes that it took
   * @param refused writes that came with a lower token than one it had seen
   * @param tokens how many different tokens it took
   * @param problem what tokens never do, if they did: one token was used by two servers
   */
  public record Seen(long accepted, long refused, int tokens, Optional<String> problem) {}

  private FencedResource(ServerSocket socket, BufferedWriter out, long originNanos) {
    this.socket = socket;
    this.out = out;
    this.originNanos = originNanos;
  }

  /**
   * Listens on a port that is free.
   *
   * @param file for what it accepts and refuses, JSON lines
   * @param originNanos what the times in it count from, of {@link System#nanoTime}
   * @throws IOException if the file can not be written, or nobody may listen
   */
  public static FencedResource open(Path file, long originNanos) throws IOException {
    ServerSocket socket = new ServerSocket(0, MOST_CONNECTIONS, InetAddress.getLoopbackAddress());
    FencedResource resource =
        new FencedResource(socket, Files.newBufferedWriter(file), originNanos);
    start(resource::listen);
    return resource;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "fenced-resource");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it listens. */
  public Address address() {
    return new Address("127.0.0.1", socket.getLocalPort());
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        if (connections.size() >= MOST_CONNECTIONS) {
          connection.close();
        } else {
          connections.add(connection);
          start(() -> serve(connection));
        }
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection;
        DataInputStream in = new DataInputStream(connection.getInputStream());
        DataOutputStream answers = new DataOutputStream(connection.getOutputStream())) {
      while (true) {
        answers.writeBoolean(write(in.readInt(), in.readLong()));
      }
    } catch (IOException e) {
      // The server has ended, or this resource has: nothing is lost that was answered.
    } finally {
      connections.remove(connection);
    }
  }

  /**
   * A server writes.
   *
   * @return whether the write was accepted
   */
  synchronized boolean write(int server, long token) throws IOException {
    boolean isAccepted = token >= highest;
    highest = Math.max(highest, token);
    accepted += isAccepted ? 1 : 0;
    refused += isAccepted ? 0 : 1;
    Integer holder = holders.putIfAbsent(token, server);
    if (holder != null && holder != server && problem.isEmpty()) {
      problem =
          Optional.of("servers s" + holder + " and s" + server + " both wrote with token " + token);
    }
    out.write(
        mapper
            .createObjectNode()
            .put("server", server)
            .put("epoch", token)
            .put("type", isAccepted ? "accepted" : "refused")
            .put("highest", highest)
            .put("time", System.nanoTime() - originNanos)
            .toString());
    out.newLine();
    out.flush();
    return isAccepted;
  }

  /** What it has seen so far. */
  public synchronized Seen seen() {
    return new Seen(accepted, refused, holders.size(), problem);
  }

  @Override
  public synchronized void close() throws IOException {
    socket.close();
    for (Socket connection : connections) {
      connection.close();
    }
    out.close();
  }
}
