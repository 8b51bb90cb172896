package org.mastership.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.http.TextServer.Response;

/**
 * Answers operators over HTTP: {@code /metrics} for Prometheus, {@code /master}, {@code /back-up},
 * {@code /live} and {@code /ready} with 200 for yes and 503 for no and why, {@code /status} with
 * all that a server says of itself. It has threads of its own, and takes no credentials: bind it to
 * an address that only operators reach.
 */
public final class OperatorEndpoint implements AutoCloseable {
  private static final int BACKLOG = 16;
  private static final long PATIENCE_SECONDS = 2;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Function<JsonNode, Answer>> QUESTIONS =
      Map.of(
          "/master", Answer::master,
          "/back-up", Answer::backUp,
          "/live", Answer::live,
          "/ready", Answer::ready);

  private final Supplier<CompletableFuture<String>> status;
  private final GroupMetrics metrics;
  private final TextServer server;

  private OperatorEndpoint(Address address, Supplier<CompletableFuture<String>> status)
      throws IOException {
    this.status = status;
    this.metrics = new GroupMetrics(ask());
    try {
      this.server =
          TextServer.start(
              new InetSocketAddress(address.host(), address.port()),
              BACKLOG,
              TextServer.fewThreads(),
              this::answer);
    } catch (IOException e) {
      metrics.close();
      throw e;
    }
  }

  /**
   * Begins to answer.
   *
   * @param address where to listen; port 0 for any free one
   * @param status what the server says of itself, as JSON; called by any thread, never blocks
   * @throws IOException if it can not listen there
   */
  public static OperatorEndpoint start(Address address, Supplier<CompletableFuture<String>> status)
      throws IOException {
    return new OperatorEndpoint(address, status);
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  private Response answer(HttpExchange exchange) throws IOException {
    try {
      return exchange.getRequestMethod().equals("GET")
          ? respond(exchange.getRequestURI().getPath())
          : response(NOT_ALLOWED, TEXT, "only GET is answered\n");
    } catch (CompletionException | RejectedExecutionException e) {
      return response(UNAVAILABLE, TEXT, "the server does not answer: " + e + "\n");
    }
  }

  private static Response response(int status, String type, String text) {
    return new Response(status, Map.of("Content-Type", type), text);
  }

  private Response respond(String path) throws IOException {
    Function<JsonNode, Answer> question = QUESTIONS.get(path);
    if (question != null) {
      Answer answer = question.apply(ask());
      return response(answer.status(), TEXT, answer.text() + "\n");
    }
    return switch (path) {
      case "/status" -> response(OK, "application/json", ask().toString());
      case "/metrics" -> response(OK, METRICS, scrape(ask()));
      default ->
          response(
              NOT_FOUND, TEXT, "ask for /metrics, /status, /master, /back-up, /live or /ready\n");
    };
  }

  private JsonNode ask() throws IOException {
    return JSON.readTree(status.get().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
  }

  private synchronized String scrape(JsonNode now) {
    return metrics.scrape(now);
  }

  /** Answers no more. */
  @Override
  public void close() {
    server.close();
    metrics.close();
  }
}
