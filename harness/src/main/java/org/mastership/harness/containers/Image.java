package org.mastership.harness.containers;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The images that groups are made of, built where they are not there yet. */
enum Image {
  /** One server, as in production. */
  SERVER,
  /** A server's network and disk. */
  MACHINE;

  private static final String BUILD = "docker/build-image";
  private static final String LIBRARIES = "node/target/libraries";

  /**
   * The image's name. Takes up to two minutes the first time, a second when it is there.
   *
   * @throws IOException if it can not be built; what the build says went to standard error
   */
  String build() throws IOException, InterruptedException {
    Path script = projectOf(ownClasses()).resolve(BUILD);
    Process build =
        new ProcessBuilder(script.toString(), name().toLowerCase(Locale.ROOT))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = build.waitFor();
    if (status != 0) {
      throw new IOException(script + " failed with status " + status + ", see above");
    }
    return printed.strip();
  }

  /** The folder or jar with the classes of this module. */
  static Path ownClasses() throws IOException {
    return classesOf(Image.class);
  }

  /** The names of the jars in the image of a server, besides this project's; once it is built. */
  static Set<String> libraries() throws IOException {
    Path list = projectOf(ownClasses()).resolve(LIBRARIES);
    Set<String> names = new HashSet<>();
    for (String library : Files.readString(list).strip().split(File.pathSeparator, -1)) {
      names.add(String.valueOf(Path.of(library).getFileName()));
    }
    return names;
  }

  /** The folder or jar with a class. */
  static Path classesOf(Class<?> type) throws IOException {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static Path projectOf(Path classes) throws IOException {
    for (Path folder = classes; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve(BUILD))) {
        return folder;
      }
    }
    throw new IOException(
        "containers need a checkout of the project, for its "
            + BUILD
            + "; there is none above "
            + classes);
  }
}
