package org.mastership.harness.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Clients that use the key-value service; in the end one of them reads everything. */
public final class KeyValueScripts implements Scripts {
  private final Set<Kind> kinds;
  private final long seed;
  private final Keys keys = new Keys();

  /**
   * Clients who have asked nothing yet.
   *
   * @param kinds what they ask; one at least
   * @param seed of their choices
   */
  public KeyValueScripts(Set<Kind> kinds, long seed) {
    this.kinds = kinds;
    this.seed = seed;
  }

  @Override
  public Script of(long process) {
    return new Workload(process, kinds, keys, seed);
  }

  @Override
  public Script lastLook() {
    return new Reads(new ArrayDeque<>(keys.reads(kinds)));
  }

  /** One after the other. */
  private record Reads(Queue<Ask> left) implements Script {
    @Override
    public @Nullable Asked next() {
      return left.poll();
    }

    @Override
    public void ended(Optional<JsonNode> result) {}

    @Override
    public boolean isInTheMiddle() {
      return !left.isEmpty();
    }
  }
}
