package org.mastership.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One check: a module, a configuration of TLC, and what must come of it. The configuration is a
 * plain one; what TLC does not need to know stands in its first comments, see {@link ModelHeader}.
 *
 * @param name of the configuration's file, without its ending
 * @param says in a sentence what is checked
 * @param module the root module
 * @param configuration the file
 * @param size whether it is part of every build
 * @param expected what must come of it
 * @param limit how long TLC may take
 * @param distinct how many distinct states there are; known of a model that holds
 * @param length how many states the shortest counterexample has; known of one that is violated
 * @param reached state predicates of the module that must be true in some state
 * @param never actions that no behaviour of this model takes, each with the reason
 */
public record Model(
    String name,
    String says,
    String module,
    Path configuration,
    Size size,
    Expectation expected,
    Duration limit,
    OptionalLong distinct,
    OptionalLong length,
    List<String> reached,
    Map<String, String> never) {
  /** Whether a model is part of every build. */
  public enum Size {
    /** Checked by every build. */
    SMALL,
    /** Checked by a command of its own. */
    LARGE
  }

  /**
   * What must come of a check.
   *
   * @param violated the property that TLC must find violated; empty where all must hold
   */
  public record Expectation(String violated) {
    /** Every property holds. */
    public static final Expectation HOLDS = new Expectation("");

    /** Whether every property must hold. */
    public boolean holds() {
      return violated.isEmpty();
    }
  }

  public Model {
    reached = List.copyOf(reached);
    never = Map.copyOf(never);
  }

  /** The constants as the configuration sets them, one line. */
  public String bounds() {
    return ModelHeader.constants(text());
  }

  /** The configuration's text. */
  public String text() {
    try {
      return Files.readString(configuration);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the model " + configuration, e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
