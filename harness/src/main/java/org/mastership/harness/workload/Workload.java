package org.mastership.harness.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one client asks. It writes no value twice, and nobody else writes its values, so that an
 * answer tells which write it saw. One thread at a time.
 */
public final class Workload implements Script {
  private final long process;
  private final List<Kind> kinds;
  private final Keys keys;
  private final Random random;
  private @Nullable String readToSet;
  private @Nullable Ask follows;
  private long written;

  /**
   * A client's choices.
   *
   * @param process which client
   * @param kinds what it asks
   * @param keys the same for all clients of a group
   * @param seed of the choices, which are the same for the same seed and process as long as the
   *     answers are
   */
  public Workload(long process, Set<Kind> kinds, Keys keys, long seed) {
    this.process = process;
    this.kinds = new ArrayList<>();
    kinds.forEach(kind -> this.kinds.addAll(Collections.nCopies(kind.share(), kind)));
    this.keys = keys;
    this.random = new Random(seed * 31 + process);
  }

  @Override
  public Ask next() {
    Ask ask = follows;
    follows = null;
    return ask != null ? ask : drawn();
  }

  @Override
  public void ended(Optional<JsonNode> result) {
    String key = readToSet;
    readToSet = null;
    if (key != null && result.isPresent()) {
      follows = Ask.compareAndSet(key, result.get().textValue(), nextValue());
    }
  }

  @Override
  public boolean isInTheMiddle() {
    return follows != null;
  }

  private Ask drawn() {
    return switch (kinds.get(random.nextInt(kinds.size()))) {
      case REGISTERS -> ofRegister(keys.register(random.nextInt(Integer.MAX_VALUE)));
      case COUNTER -> ofCounter(keys.counter(random.nextInt(Integer.MAX_VALUE)));
      case LIST_APPEND -> ofList();
    };
  }

  private Ask ofRegister(String key) {
    return switch (random.nextInt(6)) {
      case 0, 1, 2 -> Ask.get(key);
      case 3, 4 -> Ask.put(key, nextValue());
      default -> {
        readToSet = key;
        yield Ask.get(key);
      }
    };
  }

  private Ask ofCounter(String key) {
    return random.nextBoolean() ? Ask.increment(key) : Ask.getNumber(key);
  }

  private Ask ofList() {
    return random.nextBoolean()
        ? Ask.append(keys.nextList(), nextValue())
        : Ask.getList(keys.newestList());
  }

  private String nextValue() {
    return process + "." + ++written;
  }
}
