package org.mastership.harness.fencing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mastership.node.config.ServerConfiguration.Address;

/**
 * A resource of this process that servers write to while they believe themselves master, as {@link
 * org.mastership.node.server.FencedWrites} do. What becomes of a write is up to its {@link
 * FencedLedger}. It listens on loopback, and where else it is told to. Safe for use by any thread.
 */
public final class FencedResource implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 256;

  private final List<ServerSocket> sockets = new CopyOnWriteArrayList<>();
  private final FencedLedger ledger;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private FencedResource(FencedLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * Listens on loopback.
   *
   * @param file for what it accepts and refuses, JSON lines
   * @param originNanos what the times in it count from, of {@link System#nanoTime}
   * @throws IOException if the file can not be written, or nobody may listen
   */
  public static FencedResource open(Path file, long originNanos) throws IOException {
    FencedResource resource =
        new FencedResource(new FencedLedger(file, () -> System.nanoTime() - originNanos));
    resource.listenAt(InetAddress.getLoopbackAddress());
    return resource;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "fenced-resource");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it listens on loopback. */
  public Address address() {
    return address(sockets.get(0));
  }

  private static Address address(ServerSocket socket) {
    return new Address(socket.getInetAddress().getHostAddress(), socket.getLocalPort());
  }

  /**
   * Listens at one more address, on a port that is free there.
   *
   * @return where
   * @throws IOException if the address is not one of this machine
   */
  public Address listenAt(InetAddress own) throws IOException {
    ServerSocket socket = new ServerSocket(0, MOST_CONNECTIONS, own);
    sockets.add(socket);
    start(() -> listen(socket));
    return address(socket);
  }

  private void listen(ServerSocket socket) {
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

  boolean write(int server, long token) throws IOException {
    return ledger.write(server, token);
  }

  /** What it has seen so far. */
  public FencedLedger.Seen seen() {
    return ledger.seen();
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    for (Socket connection : connections) {
      connection.close();
    }
    ledger.close();
  }
}
