package org.mastership.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.ToDoubleFunction;

/** A server's status as metrics in the text form of Prometheus. For one thread at a time. */
final class GroupMetrics implements AutoCloseable {
  private static final double MILLIS = 1000;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Tags tags;
  private JsonNode newest;

  GroupMetrics(JsonNode server) {
    this.newest = server;
    this.tags =
        Tags.of("group", server.path("group").asText(), "server", server.path("name").asText());
    gauge("is_master", "1 while this server may act as master", s -> truth(s.path("isMaster")));
    gauge("registered", "1 while the name server has its mastership", GroupMetrics::registered);
    gauge("knows_master", "1 while it knows a master", GroupMetrics::knowsMaster);
    gauge("failed", "1 once it has stopped taking part", s -> truth(s.path("failed").isTextual()));
    gauge("epoch_token", "Epoch it acknowledges, as a fencing token", number("epochToken"));
    gauge("lease_left_seconds", "Time left on its lease", seconds("leaseLeftMillis"));
    gauge("round_trip_seconds", "Last round trip to the master", seconds("roundTripMillis"));
    gauge("log_last", "Sequence of the last entry of its log", GroupMetrics::last);
    gauge("log_stable", "Sequence up to which its log is on disk", number("stable"));
    gauge("log_committed", "Sequence up to which it knows entries committed", number("committed"));
    gauge("log_executed", "Sequence up to which it has executed entries", number("executed"));
    gauge("log_entries", "Entries of its log after the snapshot", number("logEntries"));
    gauge("log_bytes", "About how many bytes those have", number("logBytes"));
    gauge(
        "snapshot_last", "Sequence up to which a snapshot stands for the log", number("snapshot"));
    gauge("snapshot_bytes", "Length of that snapshot", number("snapshotBytes"));
    gauge("peers_connected", "Servers that it is connected to", GroupMetrics::connected);
    counter("failovers", "Failovers that it saw", s -> s.path("seen").path("failovers").asLong());
    gauge(
        "last_failover_seconds",
        "From the suspicion of a master to its successor, as it saw it last",
        s -> s.path("seen").path("lastFailoverMillis").asDouble() / MILLIS);
    counter("entries_discarded", "Entries cut in favour of another master's", number("discarded"));
    new JvmMemoryMetrics(tags).bindTo(registry);
    collections.bindTo(registry);
    new ProcessorMetrics(tags).bindTo(registry);
    new UptimeMetrics(tags).bindTo(registry);
  }

  /** All metrics of a server whose status is this. */
  String scrape(JsonNode server) {
    newest = server;
    return registry.scrape();
  }

  private void gauge(String name, String description, ToDoubleFunction<JsonNode> value) {
    Gauge.builder("mastership." + name, this, metrics -> value.applyAsDouble(metrics.newest))
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private void counter(String name, String description, ToDoubleFunction<JsonNode> value) {
    FunctionCounter.builder(
            "mastership." + name, this, metrics -> value.applyAsDouble(metrics.newest))
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private static ToDoubleFunction<JsonNode> number(String field) {
    return server -> server.path(field).asDouble();
  }

  private static ToDoubleFunction<JsonNode> seconds(String field) {
    return server -> server.path(field).asDouble() / MILLIS;
  }

  private static double truth(JsonNode value) {
    return truth(value.asBoolean());
  }

  private static double truth(boolean value) {
    return value ? 1 : 0;
  }

  private static double knowsMaster(JsonNode server) {
    return truth(!server.path("master").asText().isEmpty());
  }

  /** A registration may be seen that is not this server's own. */
  private static double registered(JsonNode server) {
    JsonNode registered = server.path("nameServer").path("epoch");
    return truth(
        server.path("role").asText().equals("MASTER")
            && registered.isTextual()
            && registered.equals(server.path("epoch")));
  }

  /** A position is written as epoch and sequence with a colon between them. */
  private static double last(JsonNode server) {
    String position = server.path("last").asText("0");
    return Double.parseDouble(position.substring(position.lastIndexOf(':') + 1));
  }

  private static double connected(JsonNode server) {
    double connected = 0;
    for (JsonNode peer : server.path("peers")) {
      connected += truth(peer.path("connected"));
    }
    return connected;
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
