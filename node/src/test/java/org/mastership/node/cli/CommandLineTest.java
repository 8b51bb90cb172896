package org.mastership.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
  private static final String SHIPPED = Path.of("conf", "mastership.yaml").toString();

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void checkConfigPrintsWhatTheFilePromises() {
    assertThat(run("check-config", SHIPPED)).isEqualTo(ExitCodes.OK);

    assertThat(out.toString().lines()).first().isEqualTo(SHIPPED + " is sound: group example");
    assertThat(out.toString())
        .contains("guarantee quorum: one master at any instant and linearizable")
        .contains("survives 1 of 3 servers down")
        .contains("failover to bob (index 2): best ")
        .contains("failover to eve (index 3): best ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void checkConfigPrintsJson() throws Exception {
    assertThat(run("check-config", "--json", SHIPPED)).isEqualTo(ExitCodes.OK);

    assertThat(new ObjectMapper().readTree(out.toString()).get("crashesSurvived").asInt())
        .isEqualTo(1);
  }

  @Test
  void aBadConfigurationIsSaidAndEndsWith78() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.yaml"), "{ group: example, severs: [] }");

    assertThat(run("check-config", file.toString())).isEqualTo(78);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "mastership: "
                + file
                + ": line 1: severs: there is no such key; did you mean 'servers'?\n");
  }

  @Test
  void aServerWithABadConfigurationDoesNotStart() {
    assertThat(run("serve", "--config", SHIPPED, "--name", "zoe")).isEqualTo(78);

    assertThat(err.toString()).contains("--name: 'zoe' is not one of the servers");
  }

  @Test
  void aCommandLineThatCanNotBeUnderstoodEndsWith64() {
    assertThat(run("check-confg")).isEqualTo(64);
    assertThat(err.toString()).startsWith("mastership: ").contains("check-config");

    assertThat(run("serve")).isEqualTo(64);
    assertThat(err.toString())
        .contains("Missing required option: '--config=FILE'")
        .contains("Try 'mastership serve --help'.");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anAuthorityThatCanNotBeReadIsNamed() {
    Path nowhere = folder.resolve("nowhere.pem");

    assertThat(run("get", "--servers", "127.0.0.1:1", "--authority", nowhere.toString(), "key"))
        .isEqualTo(78);

    assertThat(err.toString())
        .startsWith("mastership: " + nowhere + ": the TLS file ")
        .contains("check the path and its rights")
        .doesNotContain("should not have happened");
  }

  @Test
  void helpIsPrintedAndEndsWith0() {
    assertThat(run("--help")).isEqualTo(0);

    assertThat(out.toString()).contains("check-config").contains("serve").contains("replay");
  }

  @Test
  void whatIsNoRecordingEndsWith70() throws Exception {
    Path file = Files.writeString(folder.resolve("other"), "no recording");

    assertThat(run("replay", file.toString())).isEqualTo(ExitCodes.FAILED);

    assertThat(err.toString()).startsWith("mastership: " + file + " is no recording");
  }

  private int run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
