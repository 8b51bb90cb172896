package org.mastership.harness.checker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Configurations of one moment, in the order in which they were found. Of two in the same state, of
 * which one has used fewer of the operations that need not happen, that one is kept: whatever the
 * other can still explain, it can explain as well.
 */
final class Frontier {
  private final Map<Configuration.Kind, List<Configuration>> byKind = new LinkedHashMap<>();
  private int size;

  /** Adds a configuration unless one is there that is as good; whether it was added. */
  boolean add(Configuration configuration) {
    List<Configuration> alike =
        byKind.computeIfAbsent(configuration.kind(), kind -> new ArrayList<>(1));
    for (Configuration each : alike) {
      if (each.isAsGoodAs(configuration)) {
        return false;
      }
    }
    size -= alike.size();
    alike.removeIf(configuration::isAsGoodAs);
    alike.add(configuration);
    size += alike.size();
    return true;
  }

  int size() {
    return size;
  }

  Configuration first() {
    return byKind.values().iterator().next().get(0);
  }

  void forEach(Consumer<Configuration> action) {
    byKind.values().forEach(alike -> alike.forEach(action));
  }
}
