package org.mastership.node.names;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.mastership.node.config.ServerConfiguration.Address;

/** Short exchanges with one HTTP server, each bounded in time and size. */
final class Http {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_BYTES = 64 << 10;

  /** An answer: its status and its text. */
  record Answer(int status, String text) {}

  private final Address address;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  Http(Address address) {
    this.address = address;
  }

  Answer exchange(String method, String path, String body) throws NameServerException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream content = response.body()) {
        byte[] bytes = content.readNBytes(MOST_BYTES);
        return new Answer(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw failed("does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was asked by a thread that was told to end", e);
    }
  }

  NameServerException failed(String what, Exception cause) {
    return new NameServerException("name server " + address + " " + what, cause);
  }

  NameServerException unexpected(Answer answer) {
    return new NameServerException(
        "name server " + address + " answered " + answer.status() + ": " + answer.text().strip(),
        null);
  }
}
