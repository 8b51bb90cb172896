package org.mastership.node.names;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mastership.node.config.ServerConfiguration.Address;

/**
 * The embedded name server, over HTTP: {@code GET /GROUP} gives a group's registration as one line,
 * or 404; {@code PUT /GROUP} with such a line registers it and answers what is registered then, the
 * line itself or one of a higher epoch. It takes no credentials: bind it to an address that only
 * the group and its clients reach.
 */
public final class NameEndpoint implements AutoCloseable {
  private static final int MOST_THREADS = 8;
  private static final int BACKLOG = 64;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int FAILED = 500;

  private record Response(int status, String text) {}

  private final NameTable table;
  private final ExecutorService threads =
      new ThreadPoolExecutor(0, MOST_THREADS, 2, TimeUnit.SECONDS, new SynchronousQueue<>());
  private final HttpServer server;

  private NameEndpoint(Address address, Path folder) throws IOException {
    this.table = new NameTable(folder);
    this.server = HttpServer.create(new InetSocketAddress(address.host(), address.port()), BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /**
   * Begins to answer.
   *
   * @param address where to listen; port 0 for any free one
   * @param folder where the registrations are kept
   * @throws IOException if it can not listen there, or the folder can not be made
   */
  public static NameEndpoint start(Address address, Path folder) throws IOException {
    NameEndpoint endpoint = new NameEndpoint(address, folder);
    endpoint.server.start();
    return endpoint;
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Response response = respond(exchange);
      byte[] body = response.text().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(response.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Response respond(HttpExchange exchange) {
    String group = exchange.getRequestURI().getPath().substring(1);
    try {
      return switch (exchange.getRequestMethod()) {
        case "GET" -> lookUp(group);
        case "PUT" -> new Response(OK, table.publish(group, read(exchange)).text());
        default -> new Response(NOT_ALLOWED, "only GET and PUT are answered");
      };
    } catch (IllegalArgumentException e) {
      return new Response(BAD_REQUEST, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Response(FAILED, String.valueOf(e.getMessage()));
    }
  }

  private Response lookUp(String group) throws IOException {
    Optional<Registration> registration = table.lookUp(group);
    return registration.isPresent()
        ? new Response(OK, registration.get().text())
        : new Response(NOT_FOUND, "no master of this group is registered");
  }

  private static Registration read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(Registration.MOST_CHARACTERS + 1);
    return Registration.parse(new String(body, StandardCharsets.UTF_8));
  }

  /** Answers no more. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
