package org.mastership.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.node.config.ServerConfiguration.Member;

/** The example that users copy. */
class ExampleConfigurationTest {
  private static final Path EXAMPLE = Path.of("conf/mastership.yaml");

  @TempDir private Path folder;

  private static ServerConfiguration example(String name) throws Exception {
    return ConfigurationReader.read(EXAMPLE, Optional.of(name));
  }

  @Test
  void oneFileServesEachOfTheThreeServers() throws Exception {
    ServerConfiguration bob = example("bob");

    assertThat(bob.members()).extracting(Member::name).containsExactly("ada", "bob", "eve");
    assertThat(bob.self().number()).isEqualTo(2);
    assertThat(bob.self().index()).isEqualTo(2);
    assertThat(bob.self().address()).hasToString("127.0.0.1:7102");
    assertThat(bob.protocol().guarantee()).isEqualTo(Guarantee.QUORUM);
    assertThat(bob.fingerprint()).isEqualTo(example("eve").fingerprint());
  }

  @Test
  void eachServerHasItsOwnDataFolderBesideTheFile() throws Exception {
    assertThat(example("ada").data()).isEqualTo(Path.of("conf/data/ada").toAbsolutePath());
    assertThat(example("eve").data()).isEqualTo(Path.of("conf/data/eve").toAbsolutePath());
  }

  @Test
  void whatItSaysToBeTheDefaultsAreTheDefaults() throws Exception {
    String all = Files.readString(EXAMPLE);
    Path shortened = folder.resolve("mastership.yaml");
    Files.writeString(shortened, all.substring(0, all.indexOf("# All below may be left out")));

    ServerConfiguration given = example("ada");
    ServerConfiguration defaults = ConfigurationReader.read(shortened, Optional.of("ada"));

    assertThat(defaults.protocol()).isEqualTo(given.protocol());
    assertThat(defaults.limits()).isEqualTo(given.limits());
  }

  @Test
  void whatIsCommentedOutWorksToo() throws Exception {
    Path uncommented = folder.resolve("mastership.yaml");
    String text =
        Files.readString(EXAMPLE)
            .replace("# tls:", "tls:")
            .replace("# operators:", "operators:")
            .replace("  # delays:", "  delays:");
    Files.writeString(uncommented, text);

    ServerConfiguration bob = ConfigurationReader.read(uncommented, Optional.of("bob"));

    assertThat(bob.tls()).isPresent();
    assertThat(bob.tls().get().key()).isEqualTo(folder.resolve("tls/bob.key"));
    assertThat(bob.operators()).isPresent();
    assertThat(bob.protocol().electionDelay().delays().nanos(1, 2)).isEqualTo(20_000_000);
  }
}
