package org.mastership.node.http;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is answered to a question about a server.
 *
 * @param status 200 for yes, 503 for no
 * @param text one line for people
 */
record Answer(int status, String text) {
  private static final int YES = 200;
  private static final int NO = 503;

  /** Whether it may act as master at this moment: for load balancers in front of writers. */
  static Answer master(JsonNode server) {
    return server.path("isMaster").asBoolean()
        ? new Answer(YES, "master in epoch " + server.path("epoch").asText())
        : new Answer(NO, "not master; " + knownMaster(server));
  }

  /** Whether it follows a master. */
  static Answer backUp(JsonNode server) {
    if (failed(server)) {
      return stopped(server);
    }
    boolean follows = server.path("role").asText().equals("BACKUP") && knowsMaster(server);
    return follows
        ? new Answer(YES, "back-up of " + server.path("master").asText())
        : new Answer(NO, "not a back-up: " + server.path("role").asText());
  }

  /** Whether it takes part and could serve a client, if only by naming the master. */
  static Answer ready(JsonNode server) {
    if (failed(server)) {
      return stopped(server);
    }
    if (!knowsMaster(server)) {
      return new Answer(NO, "no master is known");
    }
    boolean lapsed =
        server.path("role").asText().equals("MASTER") && !server.path("isMaster").asBoolean();
    return lapsed
        ? new Answer(NO, "its lease has lapsed: it can not reach enough back-ups")
        : new Answer(YES, server.path("role").asText() + "; " + knownMaster(server));
  }

  /** It answers: that is all there is to it. */
  static Answer live(JsonNode server) {
    return new Answer(YES, "server " + server.path("name").asText() + " answers");
  }

  private static boolean failed(JsonNode server) {
    return server.path("failed").isTextual();
  }

  private static Answer stopped(JsonNode server) {
    return new Answer(NO, "it has stopped taking part: " + server.path("failed").asText());
  }

  private static boolean knowsMaster(JsonNode server) {
    return !server.path("master").asText().isEmpty();
  }

  private static String knownMaster(JsonNode server) {
    return knowsMaster(server)
        ? "the master is " + server.path("master").asText()
        : "no master is known";
  }
}
