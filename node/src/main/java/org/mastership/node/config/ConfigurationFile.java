package org.mastership.node.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a configuration file, in which keys are written in small letters with underscores.
 * One file serves all servers of a group: each is told its name on the command line, or finds it
 * here.
 *
 * @param group the group's name
 * @param guarantee {@code quorum} or {@code timed}
 * @param name the name of the server that reads the file
 * @param servers all servers, in the order of their numbers
 * @param ranking what the servers' indexes follow from: {@code configured}, {@code power} or {@code
 *     bandwidth}
 * @param rankingEvery how often bandwidth is measured
 * @param preempt how long a master that is not preferred goes on before it hands over
 * @param data the data folder; {@code {name}} in it stands for the server's name
 * @param timing detection and lease
 * @param election election delays
 * @param limits bounds
 * @param tls files for TLS; {@code {name}} in them stands for the server's name
 * @param operators host:port for health and metrics
 * @param wireVersion the newest version of the wire format to speak
 * @param nameServer where the mastership is registered
 */
record ConfigurationFile(
    @Nullable String group,
    @Nullable String guarantee,
    @Nullable String name,
    @Nullable List<@Nullable Server> servers,
    @Nullable String ranking,
    @Nullable String rankingEvery,
    @Nullable String preempt,
    @Nullable String data,
    @Nullable Timing timing,
    @Nullable Election election,
    @Nullable Limits limits,
    @Nullable Tls tls,
    @Nullable String operators,
    @Nullable String wireVersion,
    @Nullable NameServer nameServer) {

  record NameServer(
      @Nullable String kind,
      @Nullable String address,
      @Nullable String host,
      @Nullable String zone,
      @Nullable String keyName,
      @Nullable String keyFile,
      @Nullable String authority,
      @Nullable String user,
      @Nullable String passwordFile,
      @Nullable String lifeSeconds) {}

  record Server(
      @Nullable String name,
      @Nullable String address,
      @Nullable String index,
      @Nullable String power,
      @Nullable String bandwidth,
      @Nullable String operators) {
    static final Server EMPTY = new Server(null, null, null, null, null, null);
  }

  record Timing(
      @Nullable String detectionPeriod,
      @Nullable String replyTimeout,
      @Nullable String lease,
      @Nullable String clockDriftPpm) {
    static final Timing DEFAULT = new Timing(null, null, null, null);
  }

  record Election(
      @Nullable String formula,
      @Nullable String base,
      @Nullable String skew,
      @Nullable String delay,
      @Nullable Map<String, @Nullable Map<String, @Nullable String>> delays,
      @Nullable String measureEvery,
      @Nullable String leastDelay) {
    static final Election DEFAULT = new Election(null, null, null, null, null, null, null);
  }

  record Limits(
      @Nullable String requestBytes,
      @Nullable String pendingRequests,
      @Nullable String pendingBytes,
      @Nullable String cachedBytes,
      @Nullable String sessions,
      @Nullable String recordedBytes,
      @Nullable String snapshotAfter) {
    static final Limits DEFAULT = new Limits(null, null, null, null, null, null, null);
  }

  record Tls(
      @Nullable String certificate,
      @Nullable String key,
      @Nullable String authority,
      @Nullable String mutual) {}
}
