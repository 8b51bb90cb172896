package org.mastership.node.names;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.mastership.node.config.ServerConfiguration.Address;

/** A group's entry at an embedded name server, see {@link NameEndpoint}. */
final class EmbeddedNames implements NameServer {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final Http http;
  private final String group;
  private final String path;
  private final Optional<Seal> seal;

  EmbeddedNames(Address address, String group, Optional<Seal> seal) {
    this.http = new Http(address, Optional.empty());
    this.group = group;
    this.path = "/" + URLEncoder.encode(group, StandardCharsets.UTF_8).replace("+", "%20");
    this.seal = seal;
  }

  @Override
  public Optional<Registration> lookUp() throws NameServerException {
    Http.Answer answer = http.exchange("GET", path, "", Map.of(), Seal.HEADER);
    return answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(read(answer));
  }

  @Override
  public Registration publish(Registration registration) throws NameServerException {
    String text = registration.text();
    Map<String, String> headers =
        seal.map(own -> Map.of(Seal.HEADER, own.of(group, text))).orElse(Map.of());
    Registration found = read(http.exchange("PUT", path, text, headers, Seal.HEADER));
    if (registration.epoch().isAbove(found.epoch())) {
      throw http.failed("keeps a lower epoch: " + found.text(), new IllegalStateException());
    }
    return found;
  }

  private Registration read(Http.Answer answer) throws NameServerException {
    String text = answer.text();
    if (answer.status() != OK) {
      throw http.unexpected(answer);
    }
    try {
      if (seal.isPresent() && !seal.get().fits(group, text, answer.header())) {
        throw new IllegalArgumentException("not signed with the secret in key_file");
      }
      return Registration.parse(text);
    } catch (IllegalArgumentException e) {
      throw http.failed("gave '" + text.strip() + "': " + e.getMessage(), e);
    }
  }
}
