package org.mastership.harness.report;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves a folder of runs to browsers of this machine: an index, and the page of each run, made
 * anew when it is asked for.
 */
public final class ReportServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int FAILED = 500;
  private static final int THREADS = 4;
  private static final String RUNS = "/run/";

  private final RunIndex index;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private ReportServer(RunIndex index, HttpServer server) {
    this.index = index;
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @param folder of runs
   * @param port on the loopback address, 0 for a free one
   * @throws IOException if the port is taken
   */
  public static ReportServer start(Path folder, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    ReportServer started =
        new ReportServer(new RunIndex(folder), HttpServer.create(address, THREADS));
    started.server.createContext("/", started::answer);
    started.server.setExecutor(started.threads);
    started.server.start();
    return started;
  }

  /** The port. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, NOT_ALLOWED, "only GET is understood here");
      } else if (path.equals("/")) {
        send(exchange, OK, index.html());
      } else {
        sendRun(exchange, path);
      }
    }
  }

  private void sendRun(HttpExchange exchange, String path) throws IOException {
    Optional<Path> run =
        path.startsWith(RUNS) ? index.run(path.substring(RUNS.length())) : Optional.empty();
    if (run.isEmpty()) {
      send(exchange, NOT_FOUND, "there is no such run; the index is at /");
      return;
    }
    String page;
    try {
      page = ReportPage.html(RunData.read(run.get()));
    } catch (IOException e) {
      send(exchange, FAILED, "this run can not be shown: " + e.getMessage());
      return;
    }
    send(exchange, OK, page);
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    String type = status == OK ? "text/html" : "text/plain";
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
