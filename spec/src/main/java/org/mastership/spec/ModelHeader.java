package org.mastership.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the comments with which a model's configuration begins. The lines without a key say in
 * words what is checked; the others are
 *
 * <pre>{@code
 * \* module: TimedElection     the root module
 * \* size: small               or large
 * \* expect: holds             or: violates NAME
 * \* seconds: 60               how long TLC may take
 * \* distinct: 1234            the number of distinct states, where all holds
 * \* length: 9                 the states of the shortest counterexample, where one must come
 * \* reaches: One, Other       state predicates that must become true
 * \* never: Revoke - nobody declares twice inside the bound
 * }</pre>
 */
final class ModelHeader {
  private static final Pattern LINE = Pattern.compile("\\\\\\*\\s*(?:([a-z]+):\\s+)?(.*)");
  private static final Set<String> KEYS =
      Set.of("module", "size", "expect", "seconds", "distinct", "length", "reaches", "never");

  private final Path file;
  private final List<String> words = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> never = new TreeMap<>();

  private ModelHeader(Path file) {
    this.file = file;
  }

  /** Reads one model. */
  static Model read(Path file) throws IOException {
    ModelHeader header = new ModelHeader(file);
    for (String line : Files.readAllLines(file)) {
      Matcher comment = LINE.matcher(line);
      if (!comment.matches()) {
        break;
      }
      header.take(comment.group(1), comment.group(2).strip());
    }
    return header.model();
  }

  private void take(String key, String value) {
    if (key == null || !KEYS.contains(key)) {
      words.add((key == null ? "" : key + ": ") + value);
    } else if (key.equals("never")) {
      int dash = value.indexOf(" - ");
      if (dash < 0) {
        throw wrong("never: wants ACTION - REASON, not '" + value + "'");
      }
      never.put(value.substring(0, dash), value.substring(dash + 3));
    } else if (values.put(key, value) != null) {
      throw wrong("says '" + key + "' twice");
    }
  }

  private Model model() {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.cfg$", "");
    return new Model(
        name,
        String.join(" ", words),
        required("module"),
        file,
        size(required("size")),
        expectation(required("expect")),
        Duration.ofSeconds(number("seconds").orElseThrow(() -> wrong("says no 'seconds:'"))),
        number("distinct"),
        number("length"),
        list(values.getOrDefault("reaches", "")),
        never);
  }

  private String required(String key) {
    String value = values.get(key);
    if (value == null) {
      throw wrong("says no '" + key + ":'");
    }
    return value;
  }

  private Model.Size size(String value) {
    return switch (value) {
      case "small" -> Model.Size.SMALL;
      case "large" -> Model.Size.LARGE;
      default -> throw wrong("size: wants small or large, not '" + value + "'");
    };
  }

  private Model.Expectation expectation(String value) {
    if (value.equals("holds")) {
      return Model.Expectation.HOLDS;
    }
    if (value.matches("violates \\w+")) {
      return new Model.Expectation(value.substring("violates ".length()));
    }
    throw wrong("expect: wants holds or violates NAME, not '" + value + "'");
  }

  private OptionalLong number(String key) {
    String value = values.get(key);
    if (value == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(value.replace(",", "")));
    } catch (NumberFormatException e) {
      throw wrong(key + ": wants a number, not '" + value + "'");
    }
  }

  private static List<String> list(String value) {
    return value.isEmpty() ? List.of() : List.of(value.split(",\\s*"));
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("the model " + file + " " + what);
  }

  /** What a configuration sets, in one line. */
  static String constants(String text) {
    List<String> found = new ArrayList<>();
    Matcher line = Pattern.compile("(?m)^\\s+(\\w+)\\s*(=|<-)\\s*(\\S.*?)\\s*$").matcher(text);
    while (line.find()) {
      found.add(line.group(1) + " = " + line.group(3));
    }
    return String.join(", ", found);
  }
}
