package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The image that users get. What runs in it is what all other tests of containers run. */
@ExtendWith(ContainerTests.class)
class ImageIT {
  /** Above what it is with any JDK, and far below what it was with all of a JRE and a system. */
  private static final long MOST_BYTES = 130_000_000;

  @Test
  void itIsSmallAndDoesNotRunAsRoot() throws Exception {
    DockerClient engine = Engine.client();

    InspectImageResponse image = engine.inspectImageCmd(Image.SERVER.build()).exec();

    assertThat(image.getSize()).isLessThan(MOST_BYTES);
    assertThat(image.getConfig()).extracting(ContainerConfig::getUser).isEqualTo("10001:10001");
  }
}
