package org.mastership.harness.containers;

import com.github.dockerjava.api.DockerClient;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.mastership.core.Protocol;
import org.mastership.node.service.ReplicatedService;

/**
 * The service that servers in containers run, and how its class comes there: an image has its own
 * class path only, so whatever else this process has on its class path is copied to each server's
 * container. A service of the image itself needs nothing of that.
 */
final class ServiceClasses implements AutoCloseable {
  private static final String PARENT = "/opt";
  private static final String FOLDER = "service";
  private static final String ARCHIVE = "service.tar";

  private final String service;
  private final Optional<Path> archive;
  private final String classPath;

  private ServiceClasses(String service, Optional<Path> archive, String classPath) {
    this.service = service;
    this.archive = archive;
    this.classPath = classPath;
  }

  /**
   * Collects what the image lacks.
   *
   * @param folder where it is kept until {@link #close}
   * @param libraries names of the jars that the image has
   */
  static ServiceClasses of(
      Class<? extends ReplicatedService> service, Path folder, Set<String> libraries)
      throws IOException {
    Path node = Image.classesOf(ReplicatedService.class);
    if (Image.classesOf(service).equals(node)) {
      return new ServiceClasses(service.getName(), Optional.empty(), "");
    }
    Set<Path> inImage = new HashSet<>(List.of(node, Image.classesOf(Protocol.class)));
    Path archive = folder.resolve(ARCHIVE);
    List<String> names = new ArrayList<>();
    try (OutputStream file = Files.newOutputStream(archive);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(file)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path entry : ownClassPath()) {
        if (!inImage.contains(entry) && !libraries.contains(entry.getFileName().toString())) {
          // Numbered, since two entries may have one name.
          String name = FOLDER + "/" + names.size() + "-" + entry.getFileName();
          names.add(PARENT + "/" + name);
          add(tar, entry, name);
        }
      }
    }
    return new ServiceClasses(service.getName(), Optional.of(archive), String.join(":", names));
  }

  private static List<Path> ownClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().normalize())
        .filter(Files::exists)
        .distinct()
        .toList();
  }

  /** A jar, or a folder with all that is in it. */
  private static void add(TarArchiveOutputStream tar, Path entry, String name) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(entry)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String below = entry.relativize(file).toString();
      TarArchiveEntry header =
          new TarArchiveEntry(file, below.isEmpty() ? name : name + "/" + below);
      header.setMode(TarArchiveEntry.DEFAULT_FILE_MODE);
      tar.putArchiveEntry(header);
      Files.copy(file, tar);
      tar.closeArchiveEntry();
    }
  }

  /** What the command of a server names the service with; a nested class has a {@code $}. */
  String option() {
    return " --service '" + service + "'";
  }

  /** For the environment of a server's container. */
  String environment() {
    return "MASTERSHIP_CLASS_PATH=" + classPath;
  }

  /** Puts into a container what it lacks. */
  void copyTo(DockerClient client, String container) throws IOException {
    if (archive.isPresent()) {
      try (InputStream tar = Files.newInputStream(archive.get())) {
        Engine.ask(
            "copy the classes of " + service + " to a server",
            () ->
                client
                    .copyArchiveToContainerCmd(container)
                    .withTarInputStream(tar)
                    .withRemotePath(PARENT)
                    .exec());
      }
    }
  }

  /** The containers have all they need. */
  @Override
  public void close() throws IOException {
    if (archive.isPresent()) {
      Files.deleteIfExists(archive.get());
    }
  }
}
