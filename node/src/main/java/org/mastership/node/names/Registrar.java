package org.mastership.node.names;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Epoch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a server's mastership registered for as long as it is master, on a thread of its own: a
 * name server that is down or slow holds up nothing. What can not be registered is tried again with
 * growing pauses; what is registered is looked at, and renewed, every three seconds (R8, R13).
 */
public final class Registrar implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
  private static final long SHORTEST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final long PERIOD_MILLIS = 3_000;

  /**
   * What is known of the registration.
   *
   * @param found what the name server said last; empty while this server is not master, or the name
   *     server has said nothing
   * @param problem why this server's mastership may not be registered now; empty if it is
   */
  public record State(Optional<Registration> found, String problem) {
    static final State NOTHING = new State(Optional.empty(), "");
  }

  private final NameServer names;
  private final Consumer<Epoch> higher;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          new DefaultThreadFactory("mastership-registrar", true));
  private volatile State state = State.NOTHING;
  private @Nullable Registration held;
  private @Nullable Future<?> next;
  private long pauseMillis;

  /**
   * A registrar of a server that is not master yet.
   *
   * @param higher is told each time that a higher epoch than this master's is found registered, on
   *     the registrar's thread
   */
  public Registrar(NameServer names, Consumer<Epoch> higher) {
    this.names = names;
    this.higher = higher;
  }

  /** This server is master; any thread, returns at once. */
  public void gained(Registration registration) {
    thread.execute(
        () -> {
          held = registration;
          state = new State(Optional.empty(), "the mastership is being registered");
          pauseMillis = SHORTEST_PAUSE_MILLIS;
          publish();
        });
  }

  /** This server is no longer master; any thread, returns at once. */
  public void lost() {
    thread.execute(
        () -> {
          held = null;
          state = State.NOTHING;
        });
  }

  /** What is known now; any thread. */
  public State state() {
    return state;
  }

  private void publish() {
    if (next != null) {
      next.cancel(false);
    }
    Registration mine = held;
    if (mine == null) {
      return;
    }
    long inMillis = PERIOD_MILLIS;
    try {
      accept(mine, names.publish(mine));
      pauseMillis = SHORTEST_PAUSE_MILLIS;
    } catch (NameServerException | RuntimeException e) {
      failed(e);
      inMillis = pauseMillis;
      pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }
    if (!thread.isShutdown()) {
      next = thread.schedule(this::publish, inMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void accept(Registration mine, Registration found) {
    boolean isMine = found.epoch().equals(mine.epoch());
    boolean isNews = !state.found().equals(Optional.of(found));
    state =
        new State(
            Optional.of(found),
            isMine
                ? ""
                : "the name server has the higher epoch "
                    + found.epoch()
                    + " of "
                    + found.master());
    if (isNews && isMine) {
      LOG.info("registered as master: epoch {}, {}", mine.epoch(), mine.address());
    } else if (isNews) {
      LOG.warn(
          "this master's epoch {} is not registered: {} is, with the higher epoch {}",
          mine.epoch(),
          found.master(),
          found.epoch());
    }
    if (found.epoch().isAbove(mine.epoch())) {
      higher.accept(found.epoch());
    }
  }

  /** What was found before stays: it is still registered. */
  private void failed(Exception cause) {
    String problem = String.valueOf(cause.getMessage());
    if (!thread.isShutdown() && !problem.equals(state.problem())) {
      LOG.warn("the mastership is not registered, it is tried again: {}", problem);
    }
    state = new State(state.found(), problem);
  }

  /** Registers no more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
