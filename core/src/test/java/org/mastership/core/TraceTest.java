package org.mastership.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Interaction traces: text files of commands, each followed by all that the servers then did. A
 * line with {@code >} is a command, one with {@code #} is prose, the others are output. With {@code
 * -Dtraces.rewrite=true} the output is written anew, to be reviewed as text.
 */
class TraceTest {
  private static final Path FOLDER = Path.of("src/test/resources/traces");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> traces() throws IOException {
    return files().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      List<String> expected = Files.readAllLines(file);
                      List<String> actual = run(expected, new TreeSet<>());
                      if (Boolean.getBoolean("traces.rewrite")) {
                        Files.write(file, actual);
                      } else {
                        assertThat(actual).containsExactlyElementsOf(expected);
                      }
                    }));
  }

  @Test
  void everythingThatHasANameIsShownByATrace() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (Path file : files()) {
      run(Files.readAllLines(file), seen);
    }
    Set<String> neverShown = names();
    neverShown.removeAll(seen);
    assertThat(neverShown).isEmpty();
  }

  /** The names of all rules, messages, inputs, effects, roles, changes, reasons and deadlines. */
  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Class<?> sealedType : List.of(Message.class, Input.class, Effect.class)) {
      for (Class<?> kind : sealedType.getPermittedSubclasses()) {
        names.add(kind.getSimpleName());
      }
    }
    Stream.of(
            Rule.values(),
            Role.values(),
            Effect.Change.values(),
            Effect.Reason.values(),
            Deadline.Reason.values())
        .flatMap(Stream::of)
        .forEach(name -> names.add(name.name()));
    return names;
  }

  /** The file as it should be: its prose and commands, and what the servers did. */
  static List<String> run(List<String> lines, Set<String> seen) {
    List<String> result = new ArrayList<>();
    TraceOutput out = new TraceOutput();
    TraceCommands commands = new TraceCommands(out);
    for (String line : lines) {
      if (line.startsWith(">")) {
        result.add(line);
        commands.command(List.of(line.substring(1).strip().split("\\s+")));
        result.addAll(out.take());
      } else if (line.startsWith("#") || line.isBlank()) {
        result.add(line);
      }
    }
    seen.addAll(out.seen());
    return result;
  }
}
