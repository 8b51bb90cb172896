package org.mastership.spec.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts the transitions of several files in one order in which no message arrives that has not been
 * sent. No clock is needed: a transition can come next as soon as what it receives was sent.
 *
 * <p>The last moments before a crash may not have been recorded. A message can be from those where
 * its sender has no transition left, or has started again and the receiver has heard nothing of it
 * since: a server hears another one on its newest connection only. It is let through when no other
 * transition can come next, and counted.
 */
final class CausalOrder {
  private final List<Lines> files = new ArrayList<>();
  private final Set<Object> sent = new HashSet<>();
  private final Map<Object, Life> lives = new HashMap<>();
  private final boolean whole;
  private int unrecorded;

  CausalOrder(List<TraceFile> files) throws IOException {
    this.whole = files.stream().allMatch(file -> file.group().whole());
    for (TraceFile file : files) {
      this.files.add(new Lines(file));
    }
  }

  /** How many transitions there are. */
  int size() {
    return files.stream().mapToInt(file -> file.file.lines().size()).sum();
  }

  /** How many messages were from moments that were not recorded. */
  int unrecorded() {
    return unrecorded;
  }

  /** The next transition; null where there is none left, or what is {@link #waiting}. */
  @Nullable Transition next() throws IOException {
    Transition next = take(this::wasSent);
    if (next == null && !whole) {
      next = take(this::mayBeUnrecorded);
      unrecorded += next == null ? 0 : 1;
    }
    if (next != null) {
      note(next);
    }
    return next;
  }

  private void note(Transition next) {
    Life own = life(next.server());
    if (next.begins()) {
      own.begin();
    }
    next.sent().stream().filter(sent::add).forEach(own.first::add);
    Map<?, ?> received = next.received();
    if (received != null) {
      life(Fields.of(received, "from")).heard(received, next.server());
    }
  }

  private Life life(Object server) {
    return lives.computeIfAbsent(server, any -> new Life());
  }

  /** The transitions that could not be put in order: they receive what nobody sent. */
  List<Transition> waiting() {
    List<Transition> waiting = new ArrayList<>();
    for (Lines file : files) {
      if (file.head != null) {
        waiting.add(file.head);
      }
    }
    return waiting;
  }

  private boolean wasSent(Transition transition) {
    Map<?, ?> received = transition.received();
    return received == null || sent.contains(received);
  }

  private boolean mayBeUnrecorded(Transition transition) {
    Map<?, ?> received = transition.received();
    if (received == null) {
      return true;
    }
    Object sender = Fields.of(received, "from");
    return waiting().stream().noneMatch(next -> sender.equals(next.server()))
        || life(sender).mayHaveLostFor(transition.server());
  }

  private @Nullable Transition take(Predicate<Transition> can) throws IOException {
    for (Lines file : files) {
      Transition head = file.head;
      if (head != null && can.test(head)) {
        file.advance();
        return head;
      }
    }
    return null;
  }

  /** What a server did since its last start. */
  private static final class Life {
    /** What it, and before it nobody, sent. */
    final Set<Object> first = new HashSet<>();

    private final Set<Long> hearers = new HashSet<>();
    private int starts;

    void begin() {
      first.clear();
      hearers.clear();
      starts++;
    }

    void heard(Object message, long by) {
      if (first.contains(message)) {
        hearers.add(by);
      }
    }

    boolean mayHaveLostFor(long receiver) {
      return starts > 1 && !hearers.contains(receiver);
    }
  }

  /** What is left of a file. */
  private static final class Lines {
    final TraceFile file;
    private int index;
    @Nullable Transition head;

    Lines(TraceFile file) throws IOException {
      this.file = file;
      advance();
    }

    private void advance() throws IOException {
      head = index == file.lines().size() ? null : file.transition(index);
      index++;
    }
  }
}
