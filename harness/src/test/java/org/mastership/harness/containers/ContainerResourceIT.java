package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.fencing.FencedResource;
import org.mastership.harness.fencing.PausedMaster;
import org.mastership.node.config.ServerConfiguration.Address;

/** A resource of this process that servers in containers write to. */
@ExtendWith(ContainerTests.class)
class ContainerResourceIT {
  @TempDir private Path folder;
  @AutoClose private FencedResource resource;
  @AutoClose private ContainerGroup group;

  @BeforeEach
  void start() throws Exception {
    resource = FencedResource.open(folder.resolve("resource.jsonl"), System.nanoTime());
    group =
        ContainerGroup.create(
            folder, new ContainerGroup.Settings(3, Guarantee.QUORUM, 0), resource);
  }

  @Test
  void theLateWriteOfAPausedMasterIsRefused() throws Exception {
    group.startAll();
    PausedMaster.pauseUntilRefused(resource, group);

    assertThat(resource.seen().refused()).isPositive();
    assertThat(resource.seen().problem()).isEmpty();
  }

  /** What is between servers and the resource is no link between servers. */
  @Test
  void aServerThatIsCutOffFromTheOthersStillReachesTheResource() throws Exception {
    Machine cutOff = group.server(1).machine();
    Address there = resource.listenAt(InetAddress.getByName(cutOff.gateway()));
    group.links().isolate(1);

    assertThatCode(() -> cutOff.requireReaches(there)).doesNotThrowAnyException();
    resource.close();
    assertThatThrownBy(() -> cutOff.requireReaches(there))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("containers do not reach this process at " + there);
  }
}
