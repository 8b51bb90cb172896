package org.mastership.node.names;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.http.TextServer;
import org.mastership.node.http.TextServer.Response;

/**
 * The embedded name server, over HTTP: {@code GET /GROUP} gives a group's registration as one line,
 * or 404; {@code PUT /GROUP} with such a line registers it and answers what is registered then, the
 * line itself or one of a higher epoch. With a secret a registration must be signed with it, and
 * what is answered is ({@link Seal}); without, bind it to an address that only the group and its
 * clients reach.
 */
public final class NameEndpoint implements AutoCloseable {
  private static final int BACKLOG = 64;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int FAILED = 500;

  private final NameTable table;
  private final Optional<Seal> seal;
  private final TextServer server;

  private NameEndpoint(Address address, Path folder, Optional<Seal> seal) throws IOException {
    this.table = new NameTable(folder);
    this.seal = seal;
    this.server =
        TextServer.start(
            new InetSocketAddress(address.host(), address.port()),
            BACKLOG,
            TextServer.fewThreads(),
            this::respond);
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
    return new NameEndpoint(address, folder, seal);
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  private static String group(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().substring(1);
  }

  private Response respond(HttpExchange exchange) {
    try {
      return switch (exchange.getRequestMethod()) {
        case "GET" -> lookUp(exchange);
        case "PUT" -> register(exchange);
        default -> response(exchange, NOT_ALLOWED, "only GET and PUT are answered");
      };
    } catch (IllegalArgumentException e) {
      return response(exchange, BAD_REQUEST, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return response(exchange, FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** With a secret, all that is answered is signed. */
  private Response response(HttpExchange exchange, int status, String text) {
    Map<String, String> headers =
        seal.map(own -> Map.of(Seal.HEADER, own.of(group(exchange), text))).orElse(Map.of());
    return new Response(status, headers, text);
  }

  private Response lookUp(HttpExchange exchange) throws IOException {
    Optional<Registration> registration = table.lookUp(group(exchange));
    return registration.isPresent()
        ? response(exchange, OK, registration.get().text())
        : response(exchange, NOT_FOUND, "no master of this group is registered");
  }

  private Response register(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(Registration.MOST_CHARACTERS + 1);
    String text = new String(body, StandardCharsets.UTF_8);
    String signature = exchange.getRequestHeaders().getFirst(Seal.HEADER);
    boolean isSigned = signature != null;
    if (seal.isPresent() && !(isSigned && seal.get().fits(group(exchange), text, signature))) {
      return response(exchange, FORBIDDEN, "it is not signed with the secret of this name server");
    }
    Registration registered = table.publish(group(exchange), Registration.parse(text));
    return response(exchange, OK, registered.text());
  }

  /** Answers no more. */
  @Override
  public void close() {
    server.close();
  }
}
