package org.mastership.node.names;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** A program of this machine that runs as a private process on a port of loopback. */
final class Daemon implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Set where the tests with installed programs must run, so that none is left out unseen. */
  private static final String REQUIRED = "MASTERSHIP_DAEMONS";

  private final Process process;

  private Daemon(Process process) {
    this.process = process;
  }

  /** Leaves the test out, with one line that says so, where the program is not installed. */
  static void requireInstalled(String program, String debianPackage) {
    List<String> folders = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin");
    boolean isThere = folders.stream().anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    if ("required".equals(System.getenv(REQUIRED))) {
      if (!isThere) {
        throw new IllegalStateException(
            program + " is not installed: apt-get install " + debianPackage);
      }
      return;
    }
    assumeTrue(isThere, program + " is not installed (Debian package " + debianPackage + ")");
  }

  /** Starts a program and waits until {@code port} takes connections. */
  static Daemon start(Path folder, int port, String... command) throws Exception {
    File log = folder.resolve("log").toFile();
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    Daemon daemon = new Daemon(process);
    Awaitility.await().atMost(PATIENCE).until(() -> listens(port) || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException(command[0] + " ended: " + Files.readString(log.toPath()));
    }
    return daemon;
  }

  private static boolean listens(int port) {
    try {
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits until a name server answers: it takes connections before it can. */
  static void awaitAnswer(Callable<?> question) {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              question.call();
              return true;
            });
  }

  static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
