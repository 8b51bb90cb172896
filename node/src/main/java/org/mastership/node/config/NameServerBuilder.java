package org.mastership.node.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mastership.node.config.NameServerSettings.Kind;
import org.mastership.node.config.NameServerSettings.Login;
import org.mastership.node.config.NameServerSettings.SigningKey;
import org.mastership.node.config.ServerConfiguration.Address;

/** Makes the settings of the name server of what a file says. */
final class NameServerBuilder {
  private static final int DEFAULT_LIFE_SECONDS = 10;

  /** A lease must outlast the pause between two renewals, and a slow one. */
  private static final int SHORTEST_LEASE_SECONDS = 6;

  private static final String DNS_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

  private final Problems problems;
  private final Values values;
  private final Function<String, Path> files;

  NameServerBuilder(Problems problems, Values values, Function<String, Path> files) {
    this.problems = problems;
    this.values = values;
    this.files = files;
  }

  Optional<NameServerSettings> settings(
      ConfigurationFile.NameServer given, String group, List<String> servers) {
    Kind kind = values.choice("name_server.kind", given.kind(), Kind.EMBEDDED);
    String text =
        values.required("name_server.address", given.address(), "say host:port where it answers");
    Optional<Address> address =
        text.isEmpty() ? Optional.empty() : values.address("name_server.address", text);
    int least = kind == Kind.ETCD ? SHORTEST_LEASE_SECONDS : 1;
    int life =
        values.number("name_server.life_seconds", given.lifeSeconds(), least, DEFAULT_LIFE_SECONDS);
    only(Kind.EMBEDDED, kind, "host", given.host() != null);
    only(Kind.DNS, kind, "zone", given.zone() != null);
    only(Kind.DNS, kind, "key_name", given.keyName() != null);
    only(Kind.ETCD, kind, "authority", given.authority() != null);
    only(Kind.ETCD, kind, "user", given.user() != null);
    only(Kind.ETCD, kind, "password_file", given.passwordFile() != null);
    if (kind == Kind.ETCD && given.keyFile() != null) {
      problems.add("name_server.key_file", "etcd takes user and password_file; leave it out");
    }
    checkHost(given, servers);
    String zone = kind == Kind.DNS ? zone(given, group) : "";
    Optional<SigningKey> key = key(kind, given);
    Optional<Path> authority = Optional.ofNullable(given.authority()).map(files);
    Optional<Login> login = login(given);
    return address.map(
        at ->
            new NameServerSettings(
                kind, at, Optional.ofNullable(given.host()), zone, key, authority, login, life));
  }

  private void only(Kind wanted, Kind kind, String key, boolean isGiven) {
    if (isGiven && kind != wanted) {
      problems.add(
          "name_server." + key,
          "only a name server of kind " + Values.nameOf(wanted) + " has it; leave it out");
    }
  }

  private Optional<Login> login(ConfigurationFile.NameServer given) {
    if (given.user() == null && given.passwordFile() == null) {
      return Optional.empty();
    }
    String user = values.required("name_server.user", given.user(), "name the user");
    String file = values.required("name_server.password_file", given.passwordFile(), "name a file");
    return Optional.of(new Login(user, files.apply(file)));
  }

  private void checkHost(ConfigurationFile.NameServer given, List<String> servers) {
    if (given.host() != null && !servers.isEmpty() && !servers.contains(given.host())) {
      problems.add(
          "name_server.host", "'" + given.host() + "' is not one of the servers " + servers);
    }
  }

  private String zone(ConfigurationFile.NameServer given, String group) {
    if (!group.isEmpty() && !group.matches(DNS_LABEL)) {
      problems.add(
          "group", "'" + group + "' can not be a name in DNS; use letters, digits and hyphens");
    }
    return values.required("name_server.zone", given.zone(), "name the zone that takes updates");
  }

  private Optional<SigningKey> key(Kind kind, ConfigurationFile.NameServer given) {
    if (given.keyName() == null && given.keyFile() == null) {
      return Optional.empty();
    }
    String name =
        kind == Kind.DNS
            ? values.required("name_server.key_name", given.keyName(), "name the key")
            : "";
    String file = values.required("name_server.key_file", given.keyFile(), "name a file");
    return Optional.of(new SigningKey(name, files.apply(file)));
  }
}
