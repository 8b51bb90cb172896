package org.mastership.node.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mastership.core.ConfigurationCheck;
import org.mastership.core.DelayFormula;
import org.mastership.core.DelayTable;
import org.mastership.core.ElectionDelay;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.Measuring;
import org.mastership.core.Timing;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.config.ServerConfiguration.Limits;
import org.mastership.node.config.ServerConfiguration.Member;
import org.mastership.node.config.ServerConfiguration.Rating;
import org.mastership.node.config.ServerConfiguration.TlsFiles;
import org.mastership.node.transport.Frames;

/** Makes a configuration of what a file says and of the defaults. */
final class ConfigurationBuilder {
  private static final int ENTRIES_PER_MESSAGE = 256;
  private static final int ENTRIES_IN_FLIGHT = 4096;
  private static final int MOST_REQUEST_BYTES = 1 << 20;
  private static final int LEAST_RECORDED_BYTES = 1 << 20;
  private static final int LEAST_SNAPSHOT_AFTER_BYTES = 16 << 10;

  private final Path file;
  private final ConfigurationFile source;
  private final Problems problems;
  private final Values values;

  private ConfigurationBuilder(Path file, ConfigurationFile source, Problems problems) {
    this.file = file;
    this.source = source;
    this.problems = problems;
    this.values = new Values(problems);
  }

  static ServerConfiguration build(
      Path file, ConfigurationFile source, Optional<String> name, Problems problems)
      throws ConfigurationException {
    ServerConfiguration configuration =
        new ConfigurationBuilder(file, source, problems).configuration(name);
    if (configuration == null) {
      throw new ConfigurationException(file.toString(), problems.texts());
    }
    return configuration;
  }

  private @Nullable ServerConfiguration configuration(Optional<String> given) {
    String group = values.required("group", source.group(), "give the group a name");
    RankedBy rankedBy = values.choice("ranking", source.ranking(), RankedBy.CONFIGURED);
    MembersBuilder builder = new MembersBuilder(problems, values);
    List<Member> members = builder.members(source.servers(), rankedBy);
    long preempt = values.nanos("preempt", source.preempt(), 0);
    String name = ownName(given, members);
    GroupConfiguration protocol = protocol(members);
    Limits limits = limits();
    String data = source.data() == null ? "data/{name}" : source.data();
    Optional<TlsFiles> tls = tls(name);
    Optional<Address> operators = operators(name);
    Optional<NameServerSettings> nameServer = nameServer(name, group, members);
    checkFormula(rankedBy, protocol);
    int wireVersion = wireVersion();
    long rankingEvery =
        values.nanos("ranking_every", source.rankingEvery(), Defaults.RANKING_EVERY);
    if (problems.isEmpty()) {
      ConfigurationCheck.problems(protocol).forEach(problems::add);
    }
    if (!problems.isEmpty()) {
      return null;
    }
    Path folder = relative(data, name);
    Rating rating =
        new Rating(rankedBy, builder.ratings().get(numberOf(name, members) - 1), rankingEvery);
    return new ServerConfiguration(
        group,
        name,
        members,
        protocol,
        folder,
        tls,
        limits,
        operators,
        nameServer,
        preempt,
        rating,
        wireVersion);
  }

  private int wireVersion() {
    int oldest = Frames.OLDEST_VERSION;
    int given = values.number("wire_version", source.wireVersion(), oldest, Frames.VERSION);
    if (given > Frames.VERSION) {
      problems.add(
          "wire_version",
          "this release speaks versions " + oldest + " to " + Frames.VERSION + ", not " + given);
    }
    return given;
  }

  private static int numberOf(String name, List<Member> members) {
    return members.stream()
        .filter(member -> member.name().equals(name))
        .findFirst()
        .orElseThrow()
        .number();
  }

  private void checkFormula(RankedBy rankedBy, GroupConfiguration protocol) {
    boolean tight = protocol.electionDelay().formula() == DelayFormula.TIGHT;
    if (rankedBy != RankedBy.CONFIGURED && !tight) {
      problems.add(
          "ranking",
          "indexes that change need 'election.formula: tight': with 'claims' two servers may wait"
              + " equally long in another order (R11)");
    }
  }

  private Optional<NameServerSettings> nameServer(String name, String group, List<Member> members) {
    ConfigurationFile.NameServer given = source.nameServer();
    return given == null
        ? Optional.empty()
        : new NameServerBuilder(problems, values, path -> relative(path, name))
            .settings(given, group, members.stream().map(Member::name).toList());
  }

  /** Paths in the file are meant from where the file is; {name} stands for the server's name. */
  private Path relative(String path, String name) {
    return file.toAbsolutePath().normalize().resolveSibling(path.replace("{name}", name));
  }

  private String ownName(Optional<String> given, List<Member> members) {
    String name = given.orElseGet(() -> source.name() == null ? "" : source.name());
    List<String> names = members.stream().map(Member::name).toList();
    if (members.isEmpty()) {
      return name;
    }
    if (name.isEmpty()) {
      problems.missing("name", "say which server this is, here or by --name, one of " + names);
    } else if (!names.contains(name)) {
      String text = "'" + name + "' is not one of the servers " + names;
      if (given.isPresent()) {
        problems.add("--name: " + text);
      } else {
        problems.add("name", text);
      }
    }
    return name;
  }

  private GroupConfiguration protocol(List<Member> members) {
    ConfigurationFile.Election election =
        source.election() == null ? ConfigurationFile.Election.DEFAULT : source.election();
    ConfigurationFile.Timing times =
        source.timing() == null ? ConfigurationFile.Timing.DEFAULT : source.timing();
    Guarantee guarantee = values.choice("guarantee", source.guarantee(), Guarantee.QUORUM);
    DelayTable delays = delays(election, members);
    long period = values.nanos("timing.detection_period", times.detectionPeriod(), Defaults.PERIOD);
    long base = values.nanos("election.base", election.base(), Defaults.BASE);
    long timeout =
        values.nanos(
            "timing.reply_timeout", times.replyTimeout(), Defaults.timeout(guarantee, delays));
    long skew = values.nanos("election.skew", election.skew(), Defaults.skew(period, delays));
    long lease =
        values.nanos("timing.lease", times.lease(), Defaults.lease(period, timeout, base, delays));
    int drift =
        values.number("timing.clock_drift_ppm", times.clockDriftPpm(), 0, Defaults.DRIFT_PPM);
    return new GroupConfiguration(
        guarantee,
        members.stream().map(Member::index).toList(),
        new Timing(period, timeout, lease, drift),
        new ElectionDelay(
            values.choice("election.formula", election.formula(), DelayFormula.TIGHT),
            base,
            skew,
            delays,
            measuring(election, delays)),
        new GroupConfiguration.Limits(ENTRIES_PER_MESSAGE, ENTRIES_IN_FLIGHT));
  }

  private Measuring measuring(ConfigurationFile.Election election, DelayTable delays) {
    long every = values.nanos("election.measure_every", election.measureEvery(), 0);
    long least =
        values.nanos(
            "election.least_delay",
            election.leastDelay(),
            Math.min(Defaults.LEAST_DELAY, delays.shortest()));
    return every > 0 ? new Measuring(every, least) : Measuring.NONE;
  }

  private DelayTable delays(ConfigurationFile.Election election, List<Member> members) {
    long delay = values.nanos("election.delay", election.delay(), Defaults.DELAY);
    Map<String, @Nullable Map<String, @Nullable String>> given =
        election.delays() == null ? Map.of() : election.delays();
    List<String> names = members.stream().map(Member::name).toList();
    checkNames("election.delays", given, names);
    List<List<Long>> rows = new ArrayList<>();
    for (String from : names) {
      Map<String, @Nullable String> row = given.get(from);
      checkNames("election.delays." + from, row == null ? Map.of() : row, names);
      List<Long> delays = new ArrayList<>();
      for (String to : names) {
        String text = row == null ? null : row.get(to);
        delays.add(values.nanos("election.delays." + from + "." + to, text, delay));
      }
      rows.add(delays);
    }
    return new DelayTable(rows);
  }

  private void checkNames(
      String key, Map<String, ? extends @Nullable Object> given, List<String> names) {
    for (String name : given.keySet()) {
      if (!names.contains(name) && !names.isEmpty()) {
        problems.add(key + "." + name, "'" + name + "' is not one of the servers " + names);
      }
    }
  }

  private Limits limits() {
    ConfigurationFile.Limits given =
        source.limits() == null ? ConfigurationFile.Limits.DEFAULT : source.limits();
    long request =
        values.bytes("limits.request_bytes", given.requestBytes(), Defaults.REQUEST_BYTES);
    if (request < 1 || request > MOST_REQUEST_BYTES) {
      problems.add("limits.request_bytes", "it must be 1B to 1MiB, not " + request + "B");
    }
    int pending =
        values.number("limits.pending_requests", given.pendingRequests(), 1, Defaults.PENDING);
    long pendingBytes =
        values.bytes("limits.pending_bytes", given.pendingBytes(), Defaults.PENDING_BYTES);
    int sessions = values.number("limits.sessions", given.sessions(), 1, Defaults.SESSIONS);
    long cached = values.bytes("limits.cached_bytes", given.cachedBytes(), Defaults.CACHED_BYTES);
    long recorded =
        values.bytes("limits.recorded_bytes", given.recordedBytes(), Defaults.RECORDED_BYTES);
    if (recorded > 0 && recorded < LEAST_RECORDED_BYTES) {
      problems.add("limits.recorded_bytes", "it must be 0B for none, or 1MiB or more");
    }
    long snapshotAfter =
        values.bytes("limits.snapshot_after", given.snapshotAfter(), Defaults.SNAPSHOT_AFTER_BYTES);
    if (snapshotAfter > 0 && snapshotAfter < LEAST_SNAPSHOT_AFTER_BYTES) {
      problems.add(
          "limits.snapshot_after", "it must be 0B for only when asked for, or 16KiB or more");
    }
    return new Limits(
        (int) request, pending, pendingBytes, cached, sessions, recorded, snapshotAfter);
  }

  private Optional<TlsFiles> tls(String name) {
    ConfigurationFile.Tls tls = source.tls();
    if (tls == null) {
      return Optional.empty();
    }
    return Optional.of(
        new TlsFiles(
            relative(values.required("tls.certificate", tls.certificate(), "name a file"), name),
            relative(values.required("tls.key", tls.key(), "name a file"), name),
            relative(values.required("tls.authority", tls.authority(), "name a file"), name),
            values.truth("tls.mutual", tls.mutual(), true)));
  }

  /** A server's own setting goes before that of the group. */
  private Optional<Address> operators(String name) {
    Optional<Address> operators = values.address("operators", source.operators());
    List<ConfigurationFile.@Nullable Server> servers =
        source.servers() == null ? List.of() : source.servers();
    for (int i = 0; i < servers.size(); i++) {
      ConfigurationFile.Server server = servers.get(i);
      if (server != null) {
        Optional<Address> own = values.address("servers[" + i + "].operators", server.operators());
        operators = own.isPresent() && name.equals(server.name()) ? own : operators;
      }
    }
    return operators;
  }
}
