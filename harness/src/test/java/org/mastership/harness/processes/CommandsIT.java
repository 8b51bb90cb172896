package org.mastership.harness.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.node.cli.ExitCodes;
import org.mastership.node.cli.Main;
import picocli.CommandLine;

/** The commands of this module, from the command line on. */
class CommandsIT {
  @TempDir private Path folder;

  /** A preferred server that is kept from its processor for some ten ms is overtaken, rightly. */
  private static final int MOST_DEMOS = 3;

  private final StringWriter printed = new StringWriter();

  private int run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(printed));
    commandLine.setErr(new PrintWriter(printed));
    return commandLine.execute(arguments);
  }

  @Test
  void theDemoSurvivesAKillAndSaysSo() throws Exception {
    int status = demo();
    for (int more = 1; more < MOST_DEMOS && status != ExitCodes.OK; more++) {
      assertThat(result().path("problems")).first().asString().contains("has a smaller index");
      status = demo();
    }

    assertThat(status).isEqualTo(ExitCodes.OK);
  }

  private int demo() throws Exception {
    String json = folder.resolve("demo.json").toString();
    int status = run("demo", "--servers", "3", "--kills", "1", "--clients", "4", "--json", json);
    assertThat(printed.toString()).contains("verdict: linearizable");
    JsonNode result = result();
    assertThat(result.path("guarantee").asText()).isEqualTo("quorum");
    assertThat(result.path("kills").asInt()).isEqualTo(1);
    assertThat(result.path("verdict").asText()).isEqualTo("linearizable");
    assertThat(result.path("failover_ms").path("each")).hasSize(1);
    assertThat(result.path("requests").path("answered").asLong()).isPositive();
    assertThat(result.path("requests").path("lost").asLong()).isZero();
    assertThat(result.path("requests").path("duplicated").asLong()).isZero();
    return status;
  }

  private JsonNode result() throws Exception {
    return new ObjectMapper().readTree(folder.resolve("demo.json").toFile());
  }

  @Test
  void aDemoThatCanNotWorkIsRefused() {
    assertThat(run("demo", "--servers", "2")).isEqualTo(ExitCodes.USAGE);
    assertThat(printed.toString()).contains("--guarantee quorum needs 3 servers or more");
  }

  @Test
  void loadIsMeasuredForWritesAndReads() throws Exception {
    Path json = folder.resolve("load.json");

    int status = run("load", "--outstanding", "1,8", "--seconds", "1", "--json", json.toString());

    assertThat(status).isEqualTo(ExitCodes.OK);
    JsonNode figures = new ObjectMapper().readTree(json.toFile()).path("figures");
    assertThat(figures).hasSize(4);
    assertThat(figures.get(0).path("perSecond").asDouble()).isPositive();
    assertThat(figures.get(0).path("failed").asLong()).isZero();
  }
}
