package org.mastership.core.planted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A change of one line of core's sources.
 *
 * @param name of the file that says so, without its ending
 * @param file the changed source
 * @param line the line as it is, without the blanks around it
 * @param becomes the line as the bug has it
 * @param breaks what is wrong then
 */
public record PlantedBug(String name, String file, String line, String becomes, String breaks) {
  static final Path FOLDER = Path.of("..", "core", "src", "planted");
  private static final Path SOURCES =
      Path.of("..", "core", "src", "main", "java", "org", "mastership", "core");
  private static final String ENDING = ".txt";

  /** All planted bugs, in the order of their names; a module's tests run in its folder. */
  public static List<PlantedBug> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING))
          .sorted()
          .map(PlantedBug::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PlantedBug read(Path file) {
    String name = String.valueOf(file.getFileName()).replace(ENDING, "");
    Map<String, String> fields =
        text(file)
            .lines()
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf(':')),
                    line -> line.substring(line.indexOf(':') + 1).strip()));
    if (!fields.keySet().equals(Set.of("file", "line", "becomes", "breaks"))) {
      throw new IllegalArgumentException(
          file + " must have the lines file, line, becomes and breaks, not " + fields.keySet());
    }
    return new PlantedBug(
        name, fields.get("file"), fields.get("line"), fields.get("becomes"), fields.get("breaks"));
  }

  /**
   * The source with the bug in it.
   *
   * @throws IllegalStateException if the line is not in the source exactly once
   */
  String changedSource() {
    List<String> lines = text(SOURCES.resolve(file)).lines().toList();
    long found = lines.stream().filter(this::isChanged).count();
    if (found != 1) {
      throw new IllegalStateException(
          name + ": the line is " + found + " times in " + file + ", not once: " + line);
    }
    return lines.stream()
        .map(each -> isChanged(each) ? becomes : each)
        .collect(Collectors.joining("\n"));
  }

  private boolean isChanged(String each) {
    return each.strip().equals(line);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
