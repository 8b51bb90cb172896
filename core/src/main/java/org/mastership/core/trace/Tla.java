package org.mastership.core.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Values of TLA+ as text that is the same for equal values: the fields of a record in the order of
 * their names, the elements of a set in the order of their texts. A value is a {@link Map} from
 * names (a record) or from {@link Long} (a function), a {@link List} (a tuple), a {@link Set}, a
 * {@link String}, a {@link Boolean} or an integer.
 */
public final class Tla {
  private Tla() {}

  /** The text of a value. */
  public static String text(Object value) {
    StringBuilder out = new StringBuilder();
    write(out, value);
    return out.toString();
  }

  /** A record, from its names and values in turn. */
  public static Map<String, Object> fields(Object... namesAndValues) {
    Map<String, Object> fields = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  private static void write(StringBuilder out, Object value) {
    if (value instanceof String text) {
      out.append('"').append(text).append('"');
    } else if (value instanceof Boolean truth) {
      out.append(truth ? "TRUE" : "FALSE");
    } else if (value instanceof List<?> list) {
      writeAll(out, "<<", texts(list), ">>");
    } else if (value instanceof Set<?> set) {
      writeAll(out, "{", texts(set).stream().sorted().toList(), "}");
    } else if (value instanceof Map<?, ?> map) {
      writeFunction(out, map);
    } else {
      out.append(value);
    }
  }

  private static List<String> texts(Iterable<?> values) {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(text(value));
    }
    return texts;
  }

  private static void writeFunction(StringBuilder out, Map<?, ?> map) {
    boolean record = map.keySet().stream().allMatch(String.class::isInstance);
    if (!record && isTuple(map)) {
      writeAll(out, "<<", texts(map.values()), ">>");
      return;
    }
    List<String> pairs = new ArrayList<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String to = record ? " |-> " : " :> ";
      pairs.add(entry.getKey() + to + text(entry.getValue()));
    }
    if (record) {
      writeAll(out, "[", pairs, "]");
    } else {
      out.append('(').append(String.join(" @@ ", pairs)).append(')');
    }
  }

  /** A function of 1..n is a tuple. */
  private static boolean isTuple(Map<?, ?> map) {
    long next = 1;
    for (Object key : map.keySet()) {
      if (!key.equals(next++)) {
        return false;
      }
    }
    return true;
  }

  private static void writeAll(StringBuilder out, String open, List<String> texts, String close) {
    out.append(open).append(String.join(", ", texts)).append(close);
  }
}
