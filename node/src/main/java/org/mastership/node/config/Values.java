package org.mastership.node.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mastership.node.config.ServerConfiguration.Address;

/** Reads single values; what can not be read becomes a problem, and the default stands for it. */
final class Values {
  private static final int MOST_DIGITS = 9;

  private final Problems problems;

  Values(Problems problems) {
    this.problems = problems;
  }

  long nanos(String key, @Nullable String text, long otherwise) {
    return read(key, text, otherwise, Units::nanos);
  }

  long bytes(String key, @Nullable String text, long otherwise) {
    return read(key, text, otherwise, Units::bytes);
  }

  /** A whole number of at least {@code least}. */
  int number(String key, @Nullable String text, int least, int otherwise) {
    return read(key, text, otherwise, given -> wholeNumber(given, least));
  }

  private static int wholeNumber(String text, int least) {
    boolean digits = text.matches("\\d{1," + MOST_DIGITS + "}");
    if (!digits || Integer.parseInt(text) < least) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number from " + least);
    }
    return Integer.parseInt(text);
  }

  boolean truth(String key, @Nullable String text, boolean otherwise) {
    return read(key, text, otherwise, Values::truth);
  }

  private static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("'" + text + "' is not true or false");
    }
    return text.equals("true");
  }

  /** One of the constants of an enum, in small letters. */
  <T extends Enum<T>> T choice(String key, @Nullable String text, T otherwise) {
    T[] choices = otherwise.getDeclaringClass().getEnumConstants();
    return read(key, text, otherwise, given -> choice(given, choices));
  }

  private static <T extends Enum<T>> T choice(String text, T[] choices) {
    return Arrays.stream(choices)
        .filter(choice -> nameOf(choice).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + text
                        + "' is not "
                        + Arrays.stream(choices)
                            .map(Values::nameOf)
                            .collect(Collectors.joining(" or "))));
  }

  static String nameOf(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  Optional<Address> address(String key, @Nullable String text) {
    return read(key, text, Optional.empty(), given -> Optional.of(Address.parse(given)));
  }

  /** A text that must be there; empty where it is not. */
  String required(String key, @Nullable String text, String advice) {
    if (text == null) {
      problems.missing(key, advice);
    } else if (text.isBlank()) {
      problems.add(key, "this is empty; " + advice);
    }
    return text == null ? "" : text.strip();
  }

  private <T> T read(String key, @Nullable String text, T otherwise, Function<String, T> parse) {
    if (text == null) {
      return otherwise;
    }
    try {
      return parse.apply(text.strip());
    } catch (IllegalArgumentException e) {
      problems.add(key, String.valueOf(e.getMessage()));
      return otherwise;
    }
  }
}
