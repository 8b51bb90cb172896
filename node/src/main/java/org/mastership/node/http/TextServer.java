package org.mastership.node.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Answers HTTP requests with texts, on threads of its own. */
public final class TextServer implements AutoCloseable {
  private static final int MOST_THREADS = 8;
  private static final long IDLE_SECONDS = 2;

  /**
   * What is answered.
   *
   * @param headers by name
   */
  public record Response(int status, Map<String, String> headers, String text) {}

  /** Whoever knows the answers. */
  @FunctionalInterface
  public interface Site {
    /** The answer to a request; called by several threads. */
    Response answer(HttpExchange request) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Site site;

  private TextServer(HttpServer server, ExecutorService threads, Site site) {
    this.server = server;
    this.threads = threads;
    this.site = site;
  }

  /**
   * Begins to answer.
   *
   * @param address where to listen; port 0 for any free one
   * @param backlog how many connections may wait to be taken
   * @param threads call the site; they end with the server
   * @throws IOException if it can not listen there; the threads have ended then
   */
  public static TextServer start(
      InetSocketAddress address, int backlog, ExecutorService threads, Site site)
      throws IOException {
    HttpServer server;
    try {
      server = HttpServer.create(address, backlog);
    } catch (IOException e) {
      threads.shutdownNow();
      throw e;
    }
    TextServer started = new TextServer(server, threads, site);
    server.setExecutor(threads);
    server.createContext("/", started::handle);
    server.start();
    return started;
  }

  /** A few threads that come and go; of more requests at a time the connections are closed. */
  public static ExecutorService fewThreads() {
    return new ThreadPoolExecutor(
        0, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>());
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Response response = site.answer(exchange);
      byte[] body = response.text().getBytes(StandardCharsets.UTF_8);
      response.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(response.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Answers no more. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
