package org.mastership.harness.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mastership.harness.containers.ContainerGroup;
import org.mastership.harness.embedded.EmbeddedGroup;
import org.mastership.harness.fencing.FencedResource;
import org.mastership.harness.processes.ProcessGroup;
import org.mastership.harness.processes.RunningGroup;
import org.mastership.node.service.ReplicatedService;

/** What servers run on. */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes the set
public enum Ground {
  /** Core's state machines and a service in virtual time. */
  SIMULATED(EnumSet.allOf(FaultKind.class)) {
    @Override
    RunningGroup open(
        Path folder,
        RunSettings settings,
        FencedResource resource,
        Class<? extends ReplicatedService> service) {
      throw new UnsupportedOperationException("see SimulatedRun");
    }
  },

  /** All in this process, on loopback; their messages go by relays of the harness. */
  EMBEDDED(EnumSet.complementOf(EnumSet.of(FaultKind.PAUSE, FaultKind.LOSS, FaultKind.FULL_DISK))) {
    @Override
    RunningGroup open(
        Path folder,
        RunSettings settings,
        FencedResource resource,
        Class<? extends ReplicatedService> service)
        throws IOException {
      return EmbeddedGroup.create(
          folder,
          settings.servers(),
          settings.guarantee(),
          () -> made(service),
          Optional.of(resource.address()));
    }
  },

  /** A process each, on loopback; their messages go by relays of the harness. */
  PROCESSES(EnumSet.complementOf(EnumSet.of(FaultKind.LOSS, FaultKind.FULL_DISK))) {
    @Override
    RunningGroup open(
        Path folder,
        RunSettings settings,
        FencedResource resource,
        Class<? extends ReplicatedService> service)
        throws IOException {
      return ProcessGroup.relayed(
          folder,
          settings.servers(),
          settings.guarantee(),
          Optional.of(resource.address()),
          service);
    }
  },

  /** A container each, on a private network, whose packets the kernel drops. */
  CONTAINERS(EnumSet.allOf(FaultKind.class)) {
    @Override
    RunningGroup open(
        Path folder,
        RunSettings settings,
        FencedResource resource,
        Class<? extends ReplicatedService> service)
        throws IOException, InterruptedException {
      long disk = settings.faults().contains(FaultKind.FULL_DISK) ? DISK_BYTES : 0;
      return ContainerGroup.create(
          folder,
          new ContainerGroup.Settings(settings.servers(), settings.guarantee(), disk, service, ""),
          resource);
    }
  };

  private static final long DISK_BYTES = 1 << 30;

  private final Set<FaultKind> can;

  Ground(Set<FaultKind> can) {
    this.can = can;
  }

  /** The faults that it has. */
  public Set<FaultKind> can() {
    return EnumSet.copyOf(can);
  }

  /**
   * A new service of a class.
   *
   * @throws IllegalArgumentException if it can not be made; says why
   */
  static ReplicatedService made(Class<? extends ReplicatedService> service) {
    try {
      var constructor = service.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          service.getName()
              + " can not be made: it needs a constructor without parameters, and must not be an"
              + " inner class that is not static",
          e);
    }
  }

  /**
   * Prepares a group; no server runs yet.
   *
   * @param folder for its files; must exist
   * @param resource what masters write to
   * @param service what servers execute requests on
   */
  abstract RunningGroup open(
      Path folder,
      RunSettings settings,
      FencedResource resource,
      Class<? extends ReplicatedService> service)
      throws IOException, InterruptedException;

  /** As on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
