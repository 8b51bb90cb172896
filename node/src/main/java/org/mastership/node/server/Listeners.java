package org.mastership.node.server;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.mastership.node.server.MastershipEvent.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the listeners, all on one thread, so that order and completeness need no lock. */
final class Listeners implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final long CLOSE_SECONDS = 10;

  private final ExecutorService thread;
  private final List<MastershipListener> listeners = new ArrayList<>();
  private MastershipEvent current = new MastershipEvent(Kind.SUSPECTED, 0, "", "started");
  private boolean held;

  Listeners(String name) {
    thread = Executors.newSingleThreadExecutor(new DefaultThreadFactory("listeners-" + name, true));
  }

  /** Any thread; never blocks. */
  void publish(MastershipEvent event) {
    run(() -> tell(event));
  }

  Mastership.Subscription subscribe(MastershipListener listener) {
    run(
        () -> {
          listeners.add(listener);
          tellCurrent(listener);
        });
    return () -> run(() -> listeners.remove(listener));
  }

  /** An unsure master is told of as gained first, so that the two kinds always come in pairs. */
  private void tellCurrent(MastershipListener listener) {
    if (held && current.kind() != Kind.GAINED) {
      call(
          listener,
          new MastershipEvent(Kind.GAINED, current.epoch(), current.master(), current.reason()));
    }
    call(listener, current);
  }

  private void tell(MastershipEvent event) {
    current = event;
    held = event.kind() == Kind.GAINED || (held && event.kind() != Kind.LOST);
    for (MastershipListener listener : List.copyOf(listeners)) {
      call(listener, event);
    }
  }

  private static void call(MastershipListener listener, MastershipEvent event) {
    try {
      listener.onChange(event);
    } catch (RuntimeException e) {
      LOG.error("a mastership listener failed on {}", event, e);
    }
  }

  private void run(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("no listener is called after the server has stopped");
    }
  }

  /** Ends with a LOST for a mastership that is still held, and waits until all calls are made. */
  @Override
  public void close() {
    run(
        () -> {
          if (held) {
            tell(
                new MastershipEvent(
                    Kind.LOST, current.epoch(), current.master(), "the server stops"));
          }
        });
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("a mastership listener still runs {} s after the end", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
