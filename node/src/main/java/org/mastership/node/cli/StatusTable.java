package org.mastership.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The servers' own words as a table. */
final class StatusTable {
  private StatusTable() {}

  static List<String> lines(ArrayNode servers) {
    List<String> lines = new ArrayList<>();
    lines.add(
        row(
            "server",
            "number",
            "index",
            "role",
            "epoch",
            "lease ms",
            "last",
            "committed",
            "executed",
            "snapshot",
            "log",
            "delay ms",
            "D(i) ms",
            "seen"));
    for (JsonNode server : servers) {
      lines.add(server.has("unreachable") ? unreachable(server) : line(server));
    }
    return lines;
  }

  private static String unreachable(JsonNode server) {
    return row(
        server.path("address").asText(),
        "",
        "",
        "-",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        server.path("unreachable").asText());
  }

  private static String line(JsonNode server) {
    boolean master = server.path("isMaster").asBoolean();
    String failed = server.path("failed").isTextual() ? server.path("failed").asText() : "";
    String role = server.path("role").asText();
    if (!failed.isEmpty()) {
      role = "stopped";
    } else if (role.equals("MASTER") && !master) {
      role = "unsure";
    }
    return row(
        server.path("name").asText(),
        server.path("number").asText(),
        server.path("index").asText(),
        role,
        server.path("epoch").asText(),
        server.has("leaseLeftMillis") ? millis(server.path("leaseLeftMillis")) : "",
        server.path("last").asText(),
        server.path("committed").asText(),
        server.path("executed").asText(),
        server.path("snapshot").asText(),
        server.path("logEntries").asText(),
        master ? "" : millis(server.path("roundTripMillis")),
        master ? "" : millis(server.path("electionDelayMillis")),
        seen(server, failed));
  }

  private static String seen(JsonNode server, String failed) {
    if (!failed.isEmpty()) {
      return failed;
    }
    JsonNode seen = server.path("seen");
    long failovers = seen.path("failovers").asLong();
    String discarded =
        server.path("discarded").asLong() == 0
            ? ""
            : ", " + server.path("discarded").asLong() + " entries discarded";
    String failover =
        failovers == 0
            ? "no failover"
            : failovers
                + " failovers, the last in "
                + millis(seen.path("lastFailoverMillis"))
                + " ms";
    return failover + discarded + registered(server);
  }

  /** Of a master where there is a name server. */
  private static String registered(JsonNode server) {
    JsonNode names = server.path("nameServer");
    if (names.isMissingNode() || !server.path("role").asText().equals("MASTER")) {
      return "";
    }
    String problem = names.path("problem").asText();
    return problem.isEmpty() ? ", registered" : ", " + problem;
  }

  private static String millis(JsonNode value) {
    return String.format(Locale.ROOT, "%.1f", value.asDouble());
  }

  private static String row(Object... columns) {
    return String.format(
            Locale.ROOT,
            "%-16s %6s %5s  %-9s %-9s %8s  %-14s %10s %10s %10s %8s %9s %8s  %s",
            columns)
        .stripTrailing();
  }
}
