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
 * line itself or one of a higher epoch. With a secret a registration must be signed with it, and
 * what is answered is ({@link Seal}); without, bind it to an address that only the group and its
 * clients reach.
 */
public final class NameEndpoint implements AutoCloseable {
  private static final int MOST_THREADS = 8;
  private static final int BACKLOG = 64;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int FAILED = 500;

  private record Response(int status, String text) {}

  private final NameTable table;
  private final Optional<Seal> seal;
  private final ExecutorService threads =
      new ThreadPoolExecutor(0, MOST_THREADS, 2, TimeUnit.SECONDS, new SynchronousQueue<>());
  private final HttpServer server;

  private NameEndpoint(Address address, Path folder, Optional<Seal> seal) throws IOException {
    this.table = new NameTable(folder);
    this.seal = seal;
    this.server = HttpServer.create(new InetSocketAddress(address.host(), address.port()), BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /**
   * Begins to answer.
   *
   * @param address where to listen; port 0 for any free one
   * @param folder where the registrations are kept
   * @param keyFile has the secret of those who may register, in base 64; empty for anybody
   * @throws IOException if it can not listen there, or the folder can not be made
   * @throws IllegalArgumentException if the secret can not be read; the message says why
   */
  public static NameEndpoint start(Address address, Path folder, Optional<Path> keyFile)
      throws IOException {
    Optional<Seal> seal = keyFile.map(file -> new Seal(NameServers.secret(file)));
    NameEndpoint endpoint = new NameEndpoint(address, folder, seal);
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
      seal.ifPresent(
          own ->
              exchange
                  .getResponseHeaders()
                  .set(Seal.HEADER, own.of(group(exchange), response.text())));
      exchange.sendResponseHeaders(response.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String group(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().substring(1);
  }

  private Response respond(HttpExchange exchange) {
    try {
      return switch (exchange.getRequestMethod()) {
        case "GET" -> lookUp(group(exchange));
        case "PUT" -> register(exchange);
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

  private Response register(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(Registration.MOST_CHARACTERS + 1);
    String text = new String(body, StandardCharsets.UTF_8);
    String signature = exchange.getRequestHeaders().getFirst(Seal.HEADER);
    boolean isSigned = signature != null;
    if (seal.isPresent() && !(isSigned && seal.get().fits(group(exchange), text, signature))) {
      return new Response(FORBIDDEN, "it is not signed with the secret of this name server");
    }
    return new Response(OK, table.publish(group(exchange), Registration.parse(text)).text());
  }

  /** Answers no more. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
