package org.mastership.harness.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Removes what the harness has made in an engine. */
final class Leftovers {
  private static final List<String> LABELLED = List.of(Labels.HARNESS + "=true");

  private final DockerClient client;

  Leftovers(DockerClient client) {
    this.client = client;
  }

  /** What processes have left that run no more. */
  void removeAbandoned() throws IOException {
    remove(Labels::isOwnerGone);
  }

  /** All of one group. */
  void removeGroup(String group) throws IOException {
    remove(labels -> group.equals(labels.get(Labels.GROUP)));
  }

  private void remove(Predicate<Map<String, String>> which) throws IOException {
    Engine.ask(
        "remove containers, networks and volumes of groups",
        () -> {
          List<Container> containers =
              client.listContainersCmd().withShowAll(true).withLabelFilter(LABELLED).exec();
          containers.parallelStream()
              .filter(each -> which.test(each.getLabels()))
              .forEach(each -> ifThere(() -> remove(each)));
          for (Network each : client.listNetworksCmd().withFilter("label", LABELLED).exec()) {
            if (which.test(each.getLabels())) {
              ifThere(() -> client.removeNetworkCmd(each.getId()).exec());
            }
          }
          for (InspectVolumeResponse each :
              client.listVolumesCmd().withFilter("label", LABELLED).exec().getVolumes()) {
            if (which.test(each.getLabels())) {
              ifThere(() -> client.removeVolumeCmd(each.getName()).exec());
            }
          }
          return true;
        });
  }

  private void remove(Container container) {
    client.removeContainerCmd(container.getId()).withForce(true).withRemoveVolumes(true).exec();
  }

  /** Another process may remove the same at the same time. */
  private static void ifThere(Runnable removal) {
    try {
      removal.run();
    } catch (NotFoundException | ConflictException e) {
      return;
    } catch (DockerException e) {
      if (!String.valueOf(e.getMessage()).contains("already in progress")) {
        throw e;
      }
    }
  }
}
