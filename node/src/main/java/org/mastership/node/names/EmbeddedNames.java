package org.mastership.node.names;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.mastership.node.config.ServerConfiguration.Address;

/** A group's entry at an embedded name server, see {@link NameEndpoint}. */
final class EmbeddedNames implements NameServer {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final Http http;
  private final String path;

  EmbeddedNames(Address address, String group) {
    this.http = new Http(address);
    // A path is not a form: there a blank is not a plus sign.
    this.path = "/" + URLEncoder.encode(group, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public Optional<Registration> lookUp() throws NameServerException {
    Http.Answer answer = http.exchange("GET", path, "");
    return answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(read(answer));
  }

  @Override
  public Registration publish(Registration registration) throws NameServerException {
    return read(http.exchange("PUT", path, registration.text()));
  }

  private Registration read(Http.Answer answer) throws NameServerException {
    if (answer.status() != OK) {
      throw http.unexpected(answer);
    }
    try {
      return Registration.parse(answer.text());
    } catch (IllegalArgumentException e) {
      throw http.failed("gave what is not understood: " + answer.text().strip(), e);
    }
  }
}
