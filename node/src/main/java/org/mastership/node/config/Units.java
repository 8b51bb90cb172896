package org.mastership.node.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them. */
final class Units {
  private static final Pattern QUANTITY =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*([a-zA-Z]+)");
  private static final Map<String, Long> NANOS =
      Map.of("us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L);
  private static final Map<String, Long> BYTES =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  private Units() {}

  /** Nanoseconds of a text such as {@code 25ms}. */
  static long nanos(String text) {
    return quantity(text, NANOS, "a duration such as 25ms, 1.5s or 500us");
  }

  /** Bytes of a text such as {@code 64KiB}. */
  static long bytes(String text) {
    return quantity(text, BYTES, "a size such as 512B, 64KiB or 2MiB");
  }

  private static long quantity(String text, Map<String, Long> units, String wanted) {
    Matcher matcher = QUANTITY.matcher(text.strip());
    Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("'" + text + "' is not " + wanted);
    }
    return Math.round(Double.parseDouble(matcher.group(1)) * unit);
  }

  /** A duration in the unit that reads best. */
  static String ofNanos(long nanos) {
    if (nanos >= 1_000_000_000L && nanos % 1_000_000L == 0) {
      return String.format(Locale.ROOT, "%.3fs", nanos / 1e9).replaceAll("\\.?0+s$", "s");
    }
    return String.format(Locale.ROOT, "%.3fms", nanos / 1e6).replaceAll("\\.?0+ms$", "ms");
  }
}
