package org.mastership.harness.report;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.mastership.node.http.TextServer;
import org.mastership.node.http.TextServer.Response;

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
  private final TextServer server;

  private ReportServer(RunIndex index, InetSocketAddress address) throws IOException {
    this.index = index;
    this.server =
        TextServer.start(address, THREADS, Executors.newFixedThreadPool(THREADS), this::answer);
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
    return new ReportServer(new RunIndex(folder), address);
  }

  /** The port. */
  public int port() {
    return server.port();
  }

  private Response answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (!exchange.getRequestMethod().equals("GET")) {
      return response(NOT_ALLOWED, "only GET is understood here");
    }
    return path.equals("/") ? response(OK, index.html()) : run(path);
  }

  private Response run(String path) {
    Optional<Path> run =
        path.startsWith(RUNS) ? index.run(path.substring(RUNS.length())) : Optional.empty();
    if (run.isEmpty()) {
      return response(NOT_FOUND, "there is no such run; the index is at /");
    }
    try {
      return response(OK, ReportPage.html(RunData.read(run.get())));
    } catch (IOException e) {
      return response(FAILED, "this run can not be shown: " + e.getMessage());
    }
  }

  private static Response response(int status, String text) {
    String type = status == OK ? "text/html" : "text/plain";
    Map<String, String> headers =
        Map.of(
            "Content-Type", type + "; charset=utf-8",
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store");
    return new Response(status, headers, text);
  }

  @Override
  public void close() {
    server.close();
  }
}
