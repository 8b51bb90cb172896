package org.mastership.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders of a specification.
 *
 * @param modules with the modules
 * @param models with the configurations, and modules that only they use
 * @param results in which each model gets a folder for what TLC says
 */
public record Specification(Path modules, Path models, Path results) {
  /** The specification of the checkout that this program was started from. */
  public static Specification here() {
    return in(Path.of(System.getProperty("mastership.spec.home", "")).toAbsolutePath());
  }

  /** The specification in a checkout's folder {@code spec}. */
  public static Specification in(Path home) {
    return new Specification(
        home.resolve("src/main/tla"), home.resolve("src/main/models"), home.resolve("target/tlc"));
  }

  /** All models, in the order of their names. */
  public List<Model> all() {
    try (Stream<Path> files = Files.list(models)) {
      return files
          .filter(file -> file.toString().endsWith(".cfg"))
          .sorted()
          .map(this::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the models in " + models, e);
    }
  }

  /** The models of a size. */
  public List<Model> all(Model.Size size) {
    return all().stream().filter(model -> model.size() == size).toList();
  }

  private Model read(Path file) {
    try {
      return ModelHeader.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the model " + file, e);
    }
  }
}
