package org.mastership.node.names;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a server's mastership registered for as long as it is master, on a thread of its own: a
 * name server that is down or slow holds up nothing. What can not be registered is tried again with
 * growing pauses; what is registered is renewed at a low rate. One that finds a higher epoch
 * registered yields to it.
 */
public final class Registrar implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
  private static final long SHORTEST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final long RENEWAL_MILLIS = 3_000;

  private final NameServer names;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "mastership-registrar");
            made.setDaemon(true);
            return made;
          });
  private volatile @Nullable Registration registered;
  private volatile String problem = "";
  private @Nullable Registration held;

  /** A registrar of a server that is not master yet. */
  public Registrar(NameServer names) {
    this.names = names;
  }

  /** This server is master; any thread, returns at once. */
  public void gained(Registration registration) {
    thread.execute(
        () -> {
          held = registration;
          publish(registration, SHORTEST_PAUSE_MILLIS);
        });
  }

  /** This server is no longer master; any thread, returns at once. */
  public void lost() {
    thread.execute(() -> held = null);
  }

  /** What the name server said last; empty while it has said nothing. */
  public Optional<Registration> registered() {
    return Optional.ofNullable(registered);
  }

  /** Why the last attempt failed; empty if it did not. */
  public String problem() {
    return problem;
  }

  private void publish(Registration registration, long pauseMillis) {
    if (!registration.equals(held)) {
      return;
    }
    try {
      accept(registration, names.publish(registration));
      again(registration, RENEWAL_MILLIS, SHORTEST_PAUSE_MILLIS);
    } catch (NameServerException e) {
      if (problem.isEmpty()) {
        LOG.warn("the mastership is not registered, it is tried again: {}", e.getMessage());
      }
      problem = String.valueOf(e.getMessage());
      again(registration, pauseMillis, Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS));
    }
  }

  private void accept(Registration registration, Registration answer) {
    problem = "";
    if (!answer.equals(registered)) {
      LOG.info("registered as master: epoch {}, {}", answer.epoch(), answer.master());
    }
    registered = answer;
    if (answer.epoch().isAbove(registration.epoch())) {
      held = null;
    }
  }

  private void again(Registration registration, long inMillis, long nextPauseMillis) {
    if (!thread.isShutdown()) {
      thread.schedule(
          () -> publish(registration, nextPauseMillis), inMillis, TimeUnit.MILLISECONDS);
    }
  }

  /** Registers no more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
