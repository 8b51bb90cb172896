package org.mastership.node.names;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.mastership.node.config.ServerConfiguration.Address;

/**
 * A group's entry in etcd, over its HTTP gateway. Two keys: {@code GROUP/epoch} stays for ever and
 * is what a transaction compares; {@code GROUP/master} is what is looked up, and hangs on a lease,
 * so that it ends with a master that nobody succeeds. Were the epoch to end with it, an old master
 * could take the name back.
 */
final class EtcdNames implements NameServer {
  private static final int OK = 200;
  private static final int MOST_ATTEMPTS = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Http http;
  private final String epochKey;
  private final String masterKey;
  private final long leaseSeconds;
  private final Optional<Login> login;
  private volatile String token = "";

  /** A user of etcd. */
  record Login(String user, String password) {}

  EtcdNames(Address address, String group, long leaseSeconds) {
    this(address, group, leaseSeconds, Optional.empty(), Optional.empty());
  }

  EtcdNames(
      Address address,
      String group,
      long leaseSeconds,
      Optional<SSLContext> tls,
      Optional<Login> login) {
    this.http = new Http(address, tls);
    this.login = login;
    this.epochKey = base64("mastership/" + group + "/epoch");
    this.masterKey = base64("mastership/" + group + "/master");
    this.leaseSeconds = leaseSeconds;
  }

  @Override
  public Optional<Registration> lookUp() throws NameServerException {
    JsonNode stored = read(masterKey);
    return stored.isMissingNode() ? Optional.empty() : Optional.of(registration(stored));
  }

  @Override
  public Registration publish(Registration registration) throws NameServerException {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      JsonNode stored = read(epochKey);
      if (!stored.isMissingNode()) {
        Registration there = registration(stored);
        if (there.epoch().isAbove(registration.epoch())) {
          return there;
        }
      }
      if (replace(stored.path("mod_revision").asText("0"), registration)) {
        return registration;
      }
    }
    throw http.failed("is written to by others all the time", new IllegalStateException());
  }

  /** Writes both keys if the epoch's key has not changed since it was read; 0 for not there. */
  private boolean replace(String revision, Registration registration) throws NameServerException {
    String lease =
        call("lease/grant", JSON.createObjectNode().put("TTL", leaseSeconds)).path("ID").asText();
    ObjectNode transaction = JSON.createObjectNode();
    transaction
        .putArray("compare")
        .addObject()
        .put("key", epochKey)
        .put("target", "MOD")
        .put("result", "EQUAL")
        .put("mod_revision", revision);
    String value = base64(registration.text());
    var writes = transaction.putArray("success");
    writes.addObject().putObject("request_put").put("key", epochKey).put("value", value);
    writes
        .addObject()
        .putObject("request_put")
        .put("key", masterKey)
        .put("value", value)
        .put("lease", lease);
    return call("kv/txn", transaction).path("succeeded").asBoolean();
  }

  private JsonNode read(String key) throws NameServerException {
    return call("kv/range", JSON.createObjectNode().put("key", key)).path("kvs").path(0);
  }

  private Registration registration(JsonNode stored) throws NameServerException {
    String value = stored.path("value").asText();
    try {
      byte[] text = Base64.getDecoder().decode(value);
      return Registration.parse(new String(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw http.failed("has what is not understood: " + stored, e);
    }
  }

  /** A call as the user; etcd forgets who has logged in, so that it is done again where needed. */
  private JsonNode call(String what, ObjectNode body) throws NameServerException {
    Http.Answer answer = post(what, body);
    if (login.isPresent() && answer.status() != OK) {
      token = logIn(login.get());
      answer = post(what, body);
    }
    return read(answer);
  }

  private Http.Answer post(String what, ObjectNode body) throws NameServerException {
    Map<String, String> headers = token.isEmpty() ? Map.of() : Map.of("Authorization", token);
    return http.exchange("POST", "/v3/" + what, body.toString(), headers, "");
  }

  private String logIn(Login as) throws NameServerException {
    ObjectNode body = JSON.createObjectNode().put("name", as.user()).put("password", as.password());
    return read(post("auth/authenticate", body)).path("token").asText();
  }

  private JsonNode read(Http.Answer answer) throws NameServerException {
    if (answer.status() != OK) {
      throw http.unexpected(answer);
    }
    try {
      return JSON.readTree(answer.text());
    } catch (JsonProcessingException e) {
      throw http.failed("gave what is not JSON", e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
