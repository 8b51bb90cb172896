package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;

/** What is left in the engine of a harness that ends in the middle of its work. */
@ExtendWith(ContainerTests.class)
class LeftoversIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Process harness;
  private String label;

  /** A process of its own, with a group that it keeps until it is ended. */
  static final class Harness {
    private Harness() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      ContainerGroup group =
          ContainerGroup.create(folder, new ContainerGroup.Settings(2, Guarantee.TIMED, 0));
      group.startAll();
      Files.createFile(folder.resolve("ready"));
      TimeUnit.HOURS.sleep(1);
    }
  }

  @BeforeEach
  void startHarness() throws Exception {
    harness =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Harness.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("harness.log").toFile())
            .start();
    label = Labels.OWNER + "=" + Labels.owner(harness.toHandle());
    await().atMost(LONG).until(() -> Files.exists(folder.resolve("ready")));
    assertThat(containers()).isEqualTo(4);
    assertThat(networks()).isEqualTo(1);
    assertThat(volumes()).isEqualTo(2);
  }

  @AfterEach
  void endHarness() throws Exception {
    harness.destroyForcibly().waitFor();
    new Leftovers(Engine.client()).removeAbandoned();
  }

  private int containers() throws Exception {
    DockerClient client = Engine.client();
    return client
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(label))
        .exec()
        .size();
  }

  private int networks() throws Exception {
    return Engine.client().listNetworksCmd().withFilter("label", List.of(label)).exec().size();
  }

  private int volumes() throws Exception {
    return Engine.client()
        .listVolumesCmd()
        .withFilter("label", List.of(label))
        .exec()
        .getVolumes()
        .size();
  }

  /** SIGTERM, which Java takes like Ctrl-C: that is ignored where tests run in the background. */
  @Test
  void afterASignalThatCanBeCaughtNothingIs() throws Exception {
    harness.destroy();
    assertThat(harness.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(containers() + networks() + volumes()).isZero();
  }

  @Test
  void afterSigkillAllIsUntilTheNextStart() throws Exception {
    new Leftovers(Engine.client()).removeAbandoned();
    assertThat(containers()).as("of a harness that runs").isEqualTo(4);

    harness.destroyForcibly().waitFor();
    new Leftovers(Engine.client()).removeAbandoned();

    assertThat(containers() + networks() + volumes()).isZero();
  }
}
