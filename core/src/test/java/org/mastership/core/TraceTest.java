package org.mastership.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  private static List<Path> files() throws IOException {
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
  void everyRuleMessageInputAndEffectIsShownByATrace() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (Path file : files()) {
      run(Files.readAllLines(file), seen);
    }
    Set<String> known = new TreeSet<>();
    for (Class<?> sealedType : List.of(Message.class, Input.class, Effect.class)) {
      for (Class<?> kind : sealedType.getPermittedSubclasses()) {
        known.add(kind.getSimpleName());
      }
    }
    for (Rule rule : Rule.values()) {
      known.add(rule.name());
    }
    assertThat(seen).containsAll(known);
  }

  /** The file as it should be: its prose and commands, and what the servers did. */
  private static List<String> run(List<String> lines, Set<String> seen) {
    List<String> result = new ArrayList<>();
    TraceOutput out = new TraceOutput();
    TraceGroup[] group = new TraceGroup[1];
    for (String line : lines) {
      if (line.startsWith(">")) {
        result.add(line);
        command(line.substring(1).strip().split("\\s+"), group, out);
        result.addAll(out.take());
      } else if (line.startsWith("#") || line.isBlank()) {
        result.add(line);
      }
    }
    seen.addAll(out.seen());
    return result;
  }

  private static void command(String[] words, TraceGroup[] group, TraceOutput out) {
    if (words[0].equals("servers")) {
      Guarantee guarantee = Guarantee.valueOf(words[2].toUpperCase(Locale.ROOT));
      group[0] = new TraceGroup(configuration(Integer.parseInt(words[1]), guarantee), out);
      return;
    }
    TraceGroup servers = group[0];
    int one = words.length > 1 && words[1].matches("\\d+") ? Integer.parseInt(words[1]) : 0;
    int two = words.length > 2 && words[2].matches("\\d+") ? Integer.parseInt(words[2]) : 0;
    switch (words[0]) {
      case "tick" -> servers.tick(millis(words[1]));
      case "deliver" -> servers.deliver(one, two);
      case "settle" -> {
        int rounds = 0;
        while (servers.deliver(0, 0)) {
          assertThat(rounds++).as("rounds of messages").isLessThan(50);
        }
      }
      case "run" -> {
        out.changesOnly(true);
        servers.run(millis(words[1]));
        out.changesOnly(false);
      }
      case "drop" -> servers.drop(one, two);
      case "cut" -> servers.cut(one, two);
      case "heal" -> servers.heal();
      case "crash" -> servers.crash(one);
      case "restart" -> servers.restart(one);
      case "pause" -> servers.pause(one);
      case "wake" -> servers.wake(one);
      case "hold-disk" -> servers.holdDisk(one, true);
      case "release-disk" -> servers.holdDisk(one, false);
      case "admit" -> servers.input(one, new Input.Admit(two));
      case "read" -> servers.input(one, new Input.Queried(two));
      case "diverged" -> servers.input(one, new Input.Diverged(two, servers.state(one).executed()));
      case "status" -> servers.status();
      default -> throw new IllegalArgumentException("no such command: " + words[0]);
    }
  }

  private static long millis(String text) {
    return Long.parseLong(text.replace("ms", "")) * TraceGroup.MILLI;
  }

  private static GroupConfiguration configuration(int servers, Guarantee guarantee) {
    return TestGroups.of(servers, guarantee);
  }
}
