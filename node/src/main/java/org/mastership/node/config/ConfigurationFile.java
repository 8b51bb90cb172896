package org.mastership.node.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a configuration file. One file serves all servers of a group: each is told its name
 * on the command line, or finds it here.
 *
 * @param group the group's name
 * @param guarantee {@code quorum} or {@code timed}
 * @param name the name of the server that reads the file
 * @param servers all servers, in the order of their numbers
 * @param data the data folder; {@code {name}} in it stands for the server's name
 * @param timing detection and lease
 * @param election election delays
 * @param limits bounds
 * @param tls files for TLS; {@code {name}} in them stands for the server's name
 * @param operators host:port for health and metrics
 */
record ConfigurationFile(
    @Nullable String group,
    @Nullable String guarantee,
    @Nullable String name,
    @Nullable List<Server> servers,
    @Nullable String data,
    @Nullable Timing timing,
    @Nullable Election election,
    @Nullable Limits limits,
    @Nullable Tls tls,
    @Nullable String operators) {

  record Server(
      @Nullable String name,
      @Nullable String address,
      @Nullable Integer index,
      @Nullable String operators) {}

  record Timing(
      @JsonProperty("detection_period") @Nullable String detectionPeriod,
      @JsonProperty("reply_timeout") @Nullable String replyTimeout,
      @Nullable String lease,
      @JsonProperty("clock_drift_ppm") @Nullable Integer clockDriftPpm) {}

  record Election(
      @Nullable String formula,
      @Nullable String base,
      @Nullable String skew,
      @Nullable String delay,
      @Nullable Map<String, Map<String, String>> delays) {}

  record Limits(
      @JsonProperty("request_bytes") @Nullable String requestBytes,
      @JsonProperty("pending_requests") @Nullable Integer pendingRequests,
      @JsonProperty("cached_bytes") @Nullable String cachedBytes,
      @Nullable Integer sessions,
      @JsonProperty("recorded_bytes") @Nullable String recordedBytes) {}

  record Tls(
      @Nullable String certificate,
      @Nullable String key,
      @Nullable String authority,
      @Nullable Boolean mutual) {}
}
