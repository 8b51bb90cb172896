package org.mastership.node.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.mastership.core.ConfigurationCheck;
import org.mastership.core.DelayFormula;
import org.mastership.core.DelayTable;
import org.mastership.core.ElectionDelay;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.Timing;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.config.ServerConfiguration.Limits;
import org.mastership.node.config.ServerConfiguration.Member;
import org.mastership.node.config.ServerConfiguration.TlsFiles;

/** Makes a configuration of what a file says and of the defaults, gathering all problems. */
final class ConfigurationBuilder {
  private static final int ENTRIES_PER_MESSAGE = 256;
  private static final int ENTRIES_IN_FLIGHT = 4096;
  private static final int MOST_REQUEST_BYTES = 1 << 20;

  private final Path file;
  private final ConfigurationFile source;
  private final List<String> problems = new ArrayList<>();

  private ConfigurationBuilder(Path file, ConfigurationFile source) {
    this.file = file;
    this.source = source;
  }

  static ServerConfiguration build(Path file, ConfigurationFile source, Optional<String> name)
      throws ConfigurationException {
    ConfigurationBuilder builder = new ConfigurationBuilder(file, source);
    ServerConfiguration configuration = builder.configuration(name);
    if (configuration == null) {
      throw new ConfigurationException(file.toString(), builder.problems);
    }
    return configuration;
  }

  private @Nullable ServerConfiguration configuration(Optional<String> given) {
    String group = required("group", source.group());
    List<Member> members = members();
    String name = ownName(given, members);
    Guarantee guarantee = guarantee();
    GroupConfiguration protocol = protocol(guarantee, members);
    if (problems.isEmpty()) {
      problems.addAll(ConfigurationCheck.problems(protocol));
    }
    Limits limits = limits();
    String data = source.data() == null ? "data/{name}" : source.data();
    Optional<TlsFiles> tls = tls(name);
    Optional<Address> operators = operators(name);
    if (!problems.isEmpty()) {
      return null;
    }
    Path folder = relative(data, name);
    return new ServerConfiguration(group, name, members, protocol, folder, tls, limits, operators);
  }

  /** Paths in the file are meant from where the file is; {name} stands for the server's name. */
  private Path relative(String path, String name) {
    return file.toAbsolutePath().normalize().resolveSibling(path.replace("{name}", name));
  }

  private String required(String key, @Nullable String value) {
    if (value == null || value.isBlank()) {
      problems.add("the key '" + key + "' is missing");
      return "";
    }
    return value;
  }

  private List<Member> members() {
    List<ConfigurationFile.Server> servers =
        source.servers() == null ? List.of() : source.servers();
    if (servers.isEmpty()) {
      problems.add("the key 'servers' is missing: list each server's name and address");
    }
    List<Member> members = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<String> addresses = new HashSet<>();
    for (ConfigurationFile.Server server : servers) {
      int number = members.size() + 1;
      String name = required("servers[" + (number - 1) + "].name", server.name());
      Address address = address("servers[" + (number - 1) + "].address", server.address());
      if (!name.isEmpty() && !names.add(name)) {
        problems.add("two servers are named '" + name + "'; give each a name of its own");
      }
      if (address.port() != 0 && !addresses.add(address.toString())) {
        problems.add("two servers have the address " + address);
      }
      int index = server.index() == null ? number : server.index();
      members.add(new Member(name, number, index, address));
    }
    return members;
  }

  private Address address(String key, @Nullable String text) {
    String value = required(key, text);
    if (value.isEmpty()) {
      return new Address("", 0);
    }
    try {
      return Address.parse(value);
    } catch (IllegalArgumentException e) {
      problems.add(key + ": " + e.getMessage());
    }
    return new Address("", 0);
  }

  private String ownName(Optional<String> given, List<Member> members) {
    String name = given.orElseGet(() -> source.name() == null ? "" : source.name());
    List<String> names = members.stream().map(Member::name).toList();
    if (name.isEmpty()) {
      problems.add("which server is this? Give --name or the key 'name', one of " + names);
    } else if (!names.contains(name)) {
      problems.add("this server's name '" + name + "' is not one of the servers " + names);
    }
    return name;
  }

  private Guarantee guarantee() {
    String text = source.guarantee() == null ? "quorum" : source.guarantee();
    return choice("guarantee", text, Guarantee.values(), Guarantee.QUORUM);
  }

  private <T extends Enum<T>> T choice(String key, String text, T[] choices, T otherwise) {
    for (T choice : choices) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))) {
        return choice;
      }
    }
    StringBuilder names = new StringBuilder();
    for (T choice : choices) {
      names.append(names.isEmpty() ? "" : " or ").append(choice.name().toLowerCase(Locale.ROOT));
    }
    problems.add(key + ": '" + text + "' is not " + names);
    return otherwise;
  }

  private GroupConfiguration protocol(Guarantee guarantee, List<Member> members) {
    ConfigurationFile.Election election =
        source.election() == null
            ? new ConfigurationFile.Election(null, null, null, null, null)
            : source.election();
    ConfigurationFile.Timing times =
        source.timing() == null
            ? new ConfigurationFile.Timing(null, null, null, null)
            : source.timing();
    DelayTable delays = delays(election, members);
    long period = nanos("timing.detection_period", times.detectionPeriod(), Defaults.PERIOD);
    long base = nanos("election.base", election.base(), Defaults.BASE);
    long timeout =
        nanos("timing.reply_timeout", times.replyTimeout(), Defaults.timeout(guarantee, delays));
    long skew = nanos("election.skew", election.skew(), Defaults.skew(period, delays));
    long lease =
        nanos("timing.lease", times.lease(), Defaults.lease(period, timeout, base, delays));
    int drift = times.clockDriftPpm() == null ? Defaults.DRIFT_PPM : times.clockDriftPpm();
    DelayFormula formula =
        choice(
            "election.formula",
            election.formula() == null ? "tight" : election.formula(),
            DelayFormula.values(),
            DelayFormula.TIGHT);
    return new GroupConfiguration(
        guarantee,
        members.stream().map(Member::index).toList(),
        new Timing(period, timeout, lease, drift),
        new ElectionDelay(formula, base, skew, delays),
        new GroupConfiguration.Limits(ENTRIES_PER_MESSAGE, ENTRIES_IN_FLIGHT));
  }

  private DelayTable delays(ConfigurationFile.Election election, List<Member> members) {
    long delay = nanos("election.delay", election.delay(), Defaults.DELAY);
    Map<String, Map<String, String>> given =
        election.delays() == null ? Map.of() : election.delays();
    List<String> names = members.stream().map(Member::name).toList();
    checkNames("election.delays", given, names);
    List<List<Long>> rows = new ArrayList<>();
    for (String from : names) {
      Map<String, String> row = given.getOrDefault(from, Map.of());
      checkNames("election.delays." + from, row, names);
      List<Long> delays = new ArrayList<>();
      for (String to : names) {
        delays.add(nanos("election.delays." + from + "." + to, row.get(to), delay));
      }
      rows.add(delays);
    }
    return new DelayTable(rows);
  }

  private void checkNames(String key, Map<String, ?> given, List<String> names) {
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        problems.add(key + ": '" + name + "' is not one of the servers " + names);
      }
    }
  }

  private long nanos(String key, @Nullable String text, long otherwise) {
    return quantity(key, text, otherwise, Units::nanos);
  }

  private long quantity(
      String key, @Nullable String text, long otherwise, ToLongFunction<String> parse) {
    if (text == null) {
      return otherwise;
    }
    try {
      return parse.applyAsLong(text);
    } catch (IllegalArgumentException e) {
      problems.add(key + ": " + e.getMessage());
      return otherwise;
    }
  }

  private Limits limits() {
    ConfigurationFile.Limits given =
        source.limits() == null
            ? new ConfigurationFile.Limits(null, null, null, null, null)
            : source.limits();
    long request =
        quantity(
            "limits.request_bytes", given.requestBytes(), Defaults.REQUEST_BYTES, Units::bytes);
    if (request < 1 || request > MOST_REQUEST_BYTES) {
      problems.add("limits.request_bytes must be 1B to 1MiB; it is " + request + "B");
    }
    int pending = positive("limits.pending_requests", given.pendingRequests(), Defaults.PENDING);
    int sessions = positive("limits.sessions", given.sessions(), Defaults.SESSIONS);
    long cached =
        quantity("limits.cached_bytes", given.cachedBytes(), Defaults.CACHED_BYTES, Units::bytes);
    long recorded =
        quantity(
            "limits.recorded_bytes", given.recordedBytes(), Defaults.RECORDED_BYTES, Units::bytes);
    return new Limits((int) request, pending, cached, sessions, recorded);
  }

  private int positive(String key, @Nullable Integer given, int otherwise) {
    if (given != null && given < 1) {
      problems.add(key + " must be 1 or more; it is " + given);
    }
    return given == null ? otherwise : given;
  }

  private Optional<TlsFiles> tls(String name) {
    ConfigurationFile.Tls tls = source.tls();
    if (tls == null) {
      return Optional.empty();
    }
    return Optional.of(
        new TlsFiles(
            relative(required("tls.certificate", tls.certificate()), name),
            relative(required("tls.key", tls.key()), name),
            relative(required("tls.authority", tls.authority()), name),
            tls.mutual() == null || tls.mutual()));
  }

  private Optional<Address> operators(String name) {
    String own = source.operators();
    for (ConfigurationFile.Server server :
        source.servers() == null ? List.<ConfigurationFile.Server>of() : source.servers()) {
      if (name.equals(server.name()) && server.operators() != null) {
        own = server.operators();
      }
    }
    return own == null ? Optional.empty() : Optional.of(address("operators", own));
  }
}
