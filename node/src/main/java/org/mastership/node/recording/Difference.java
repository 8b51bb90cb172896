package org.mastership.node.recording;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Epoch;
import org.mastership.core.Log;
import org.mastership.core.Mastership;
import org.mastership.core.Position;
import org.mastership.core.State;

/** What of a state changed, as text: {@code role=WAITING electionNanos=135000000}. */
final class Difference {
  /** Records that are read best as a whole. */
  private static final Set<Class<?>> WHOLE =
      Set.of(Epoch.class, Position.class, Mastership.class, Log.class);

  private final StringJoiner changes = new StringJoiner(" ");

  private Difference() {}

  static String of(State before, State after) {
    Difference difference = new Difference();
    difference.records("", before, after);
    return difference.changes.toString();
  }

  private void values(String name, @Nullable Object before, @Nullable Object after) {
    if (Objects.equals(before, after)) {
      return;
    }
    if (before instanceof Record
        && after instanceof Record
        && before.getClass() == after.getClass()
        && !WHOLE.contains(after.getClass())) {
      records(name + ".", before, after);
    } else if (before instanceof List<?> earlier
        && after instanceof List<?> later
        && earlier.size() == later.size()) {
      for (int i = 0; i < later.size(); i++) {
        values(name + "[" + (i + 1) + "]", earlier.get(i), later.get(i));
      }
    } else {
      changes.add(name + "=" + after);
    }
  }

  private void records(String prefix, Object before, Object after) {
    for (RecordComponent component : after.getClass().getRecordComponents()) {
      try {
        values(
            prefix + component.getName(),
            component.getAccessor().invoke(before),
            component.getAccessor().invoke(after));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("core's records are public", e);
      }
    }
  }
}
