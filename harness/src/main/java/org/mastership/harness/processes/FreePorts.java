package org.mastership.harness.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports on which nobody listens. */
final class FreePorts {
  /** Below the ports that systems hand out to connections, so that no connection takes one. */
  private static final int FIRST = 10_000;

  private static final int LAST = 32_000;
  private static final int MOST_ATTEMPTS = 1_000;

  private FreePorts() {}

  static List<Integer> find(int count) throws IOException {
    List<Integer> ports = new ArrayList<>();
    for (int attempt = 0; attempt < MOST_ATTEMPTS && ports.size() < count; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (!ports.contains(port) && isFree(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new IOException("no " + count + " free ports from " + FIRST + " to " + LAST);
    }
    return ports;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
