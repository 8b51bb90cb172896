package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mastership.node.cli.ExitCodes;
import org.mastership.node.cli.Main;
import picocli.CommandLine;

/** The compose file and the configuration that goes with it. */
class ComposeTest {
  private static final Path CONFIGURATION = Path.of("..", "docker", "mastership.yaml");

  private final YAMLMapper yaml = new YAMLMapper();

  @Test
  void itsServicesAreTheServersOfTheConfiguration() throws IOException {
    JsonNode services = yaml.readTree(Compose.FILE.toFile()).path("services");
    List<String> names = new ArrayList<>();
    List<String> ports = new ArrayList<>();
    for (JsonNode server : yaml.readTree(CONFIGURATION.toFile()).path("servers")) {
      String name = server.path("name").asText();
      names.add(name);
      JsonNode service = services.path(name);
      assertThat(server.path("address").asText()).isEqualTo(name + ":" + Machine.PORT);
      assertThat(service.path("command"))
          .endsWith(TextNode.valueOf("--name"), TextNode.valueOf(name));
      assertThat(service.path("volumes")).contains(TextNode.valueOf(name + ":" + Machine.DATA));
      ports.add(service.path("ports").path(0).asText());
    }
    assertThat(names).hasSize(5).doesNotHaveDuplicates();
    assertThat(services.fieldNames()).toIterable().containsExactlyElementsOf(names);
    assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port.endsWith(":" + Machine.PORT));
  }

  @Test
  void itsConfigurationIsSound() {
    CommandLine commandLine = Main.commandLine();
    StringWriter printed = new StringWriter();
    commandLine.setOut(new PrintWriter(printed));
    commandLine.setErr(new PrintWriter(printed));

    int status = commandLine.execute("check-config", CONFIGURATION.toString());

    assertThat(status).as(printed.toString()).isEqualTo(ExitCodes.OK);
  }

  /** Only where the tool is installed, which needs no engine for this. */
  @Test
  void composeTakesIt() throws Exception {
    Compose.Outcome outcome = Compose.installed("checked", Map.of()).run("config", "--quiet");

    assertThat(outcome.status()).as(outcome.printed()).isZero();
  }
}
