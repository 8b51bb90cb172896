package org.mastership.node.names;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.mastership.node.config.ServerConfiguration.Address;

/** Short exchanges with one HTTP server, each bounded in time and size. */
final class Http {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_BYTES = 64 << 10;

  /** An answer: its status, its text, and one of its headers, empty where it is not there. */
  record Answer(int status, String text, String header) {}

  private final String name;
  private final URI base;
  private final HttpClient client;

  /**
   * Talks to one server; nothing is sent yet.
   *
   * @param tls whom to trust; empty for HTTP in the clear
   * @throws IllegalArgumentException if the address has no place in a URI
   */
  Http(Address address, Optional<SSLContext> tls) {
    this.name = address.toString();
    this.base = URI.create((tls.isPresent() ? "https://" : "http://") + address);
    if (base.getHost() == null) {
      throw new IllegalArgumentException("'" + address.host() + "' is no name of a host");
    }
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
    tls.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /** Sends a body with headers, and gives the answer with the named header. */
  Answer exchange(
      String method, String path, String body, Map<String, String> headers, String wanted)
      throws NameServerException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).method(method, BodyPublishers.ofString(body));
    headers.forEach(request::header);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    CompletableFuture<HttpResponse<Void>> response =
        client.sendAsync(
            request.build(),
            BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> add(text, bytes))));
    try {
      HttpResponse<Void> answer = response.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(
          answer.statusCode(),
          text.toString(StandardCharsets.UTF_8),
          answer.headers().firstValue(wanted).orElse(""));
    } catch (ExecutionException e) {
      throw failed("does not answer: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw failed("does not answer within " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was asked by a thread that was told to end", e);
    } finally {
      response.cancel(true);
    }
  }

  /** What is longer than any answer should be is left out. */
  private static void add(ByteArrayOutputStream text, byte[] part) {
    text.write(part, 0, Math.min(part.length, MOST_BYTES - text.size()));
  }

  NameServerException failed(String what, Exception cause) {
    return new NameServerException("name server " + name + " " + what, cause);
  }

  NameServerException unexpected(Answer answer) {
    return new NameServerException(
        "name server " + name + " answered " + answer.status() + ": " + answer.text().strip(),
        null);
  }
}
