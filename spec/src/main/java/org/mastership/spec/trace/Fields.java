package org.mastership.spec.trace;

import java.util.Map;

/** The fields of a record. */
final class Fields {
  private Fields() {}

  static Object of(Map<?, ?> record, String name) {
    Object value = record.get(name);
    if (value == null) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
    return value;
  }
}
