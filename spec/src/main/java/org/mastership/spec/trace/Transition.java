package org.mastership.spec.trace;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One transition of a trace.
 *
 * @param file where it is from
 * @param line its line there
 * @param fields what module Trace is given
 */
record Transition(Path file, int line, Map<?, ?> fields) {
  long server() {
    return (Long) Fields.of(fields, "server");
  }

  /** Whether the server starts here. */
  boolean begins() {
    return Fields.of(fields, "input").equals("Begin");
  }

  /** The message that arrives, if one does. */
  @Nullable Map<?, ?> received() {
    return (Map<?, ?>) fields.get("message");
  }

  /** The messages that are sent. */
  Set<?> sent() {
    return fields.get("out") instanceof Set<?> out ? out : Set.of();
  }

  @Override
  public String toString() {
    Map<?, ?> received = received();
    return file
        + ", line "
        + line
        + ": server "
        + server()
        + ", "
        + Fields.of(fields, "input")
        + (received == null ? "" : " " + received);
  }
}
